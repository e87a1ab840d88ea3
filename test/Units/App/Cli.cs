using System.Diagnostics;

namespace Karst.Units.App;

/// <summary>Runs the command line as a process of its own, as people do.</summary>
static class Cli
{
    public static (int Code, string Output, string Errors) Run(params string[] arguments) => RunWith("", [], arguments);

    public static (int Code, string Output, string Errors) RunWith(string input, IReadOnlyList<(string Name, string Value)> environment, params string[] arguments) =>
        Finish(Start(environment, null, arguments), input);

    /// <summary>Runs it in a folder.</summary>
    public static (int Code, string Output, string Errors) RunIn(string folder, params string[] arguments) => Finish(Start([], folder, arguments), "");

    public static Process Start(IReadOnlyList<(string Name, string Value)> environment, params string[] arguments) => Start(environment, null, arguments);

    static (int Code, string Output, string Errors) Finish(Process started, string input)
    {
        using var process = started;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    static Process Start(IReadOnlyList<(string Name, string Value)> environment, string? folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "karst.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
