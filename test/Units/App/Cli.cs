using System.Diagnostics;

namespace Karst.Units.App;

/// <summary>Runs the command line as a process of its own, as people do.</summary>
static class Cli
{
    public static (int Code, string Output, string Errors) Run(params string[] arguments) => RunWith("", [], arguments);

    public static (int Code, string Output, string Errors) RunWith(string input, IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    public static Process Start(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "karst.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
