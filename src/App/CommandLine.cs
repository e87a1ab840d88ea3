using System.CommandLine;
using System.CommandLine.Parsing;
using Karst.App.Output;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App;

/// <summary>From the arguments of the process to its exit code: parses, runs one verb, and says in one place what ended it.</summary>
static class CommandLine
{
    // A search may begin with any character: no response files (`@file`), no directives (`[...]`).
    static readonly ParserConfiguration s_configuration = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs the command line; all errors end here.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is ["--version"]) return Print($"karst {Version.Text}\n");
        if (arguments is [] or ["--help" or "-h" or "-?", ..]) return PrintHelp(null, arguments.Length == 0);
        var verb = VerbTable.Find(arguments[0]);
        if (verb is null) return Complain(UnknownVerb(arguments[0]), "`karst --help` lists the commands");

        var help = new Option<bool>("--help", "-h", "-?") { Description = "Prints this help." };
        var command = verb.ToCommand();
        command.Options.Add(help);
        // A bare `RootCommand` brings options and directives of its own; the verb alone is the whole grammar.
        var parsed = command.Parse(arguments[1..], s_configuration);
        if (parsed.GetResult(help) is { Implicit: false }) return PrintHelp(verb, false);
        if (Mistake(verb, parsed) is { } mistake) return Complain(mistake, $"`karst {verb.Name} --help` shows what can be given");

        using var interrupt = new Interrupt();
        return Guarded(() => verb.Run(parsed, interrupt.Token), interrupt);
    }

    static int Guarded(Func<int> run, Interrupt interrupt)
    {
        try
        {
            var code = run();
            return interrupt.WasAsked ? ExitCodes.Interrupted : code;
        }
        catch (OperationCanceledException) when (interrupt.WasAsked)
        {
            return ExitCodes.Interrupted;
        }
        catch (OutputClosedException)
        {
            // Whoever reads has enough (`| head`).
            return ExitCodes.Fine;
        }
        catch (UsageException failure)
        {
            return Complain(failure.Message, null);
        }
        catch (SplException failure)
        {
            Terminal.Error.WriteLine($"error[{failure.Diagnostic.Code}]: {SafeText.Of(failure.Diagnostic.Message)}");
            if (failure.Diagnostic.Help is { } help) Terminal.Error.WriteLine($"  = help: {SafeText.Of(help)}");
            return ExitCodes.NotRunnable;
        }
        catch (SearchFailedException failure)
        {
            Terminal.Error.WriteLine($"error: {SafeText.Of(failure.Message)}");
            return ExitCodes.NotRunnable;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Terminal.Error.WriteLine($"error: {SafeText.Of(failure.Message)}");
            return ExitCodes.InputLost;
        }
        catch (Exception failure)
        {
            Terminal.Error.WriteLine($"karst: a fault of karst itself, please report it: {failure}");
            return ExitCodes.Internal;
        }
    }

    static string? Mistake(Verb verb, ParseResult parsed)
    {
        if (parsed.Errors is [var first, ..]) return Sentence(first.Message);
        if (parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash)) return null;
        return verb.Paths
            .SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? [])
            .Where(static token => token.Value.Length > 1 && token.Value[0] == '-')
            .Select(token => $"`{verb.Name}` has no option `{token.Value}`")
            .FirstOrDefault();
    }

    // The parser's sentences begin with a capital and end with a full stop; ours do not.
    static string Sentence(string message) =>
        message.Length > 1 && char.IsUpper(message[0]) && char.IsLower(message[1])
            ? char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.')
            : message.TrimEnd('.');

    static string UnknownVerb(string name) =>
        VerbTable.Nearest(name) is { } near ? $"`{name}` is no command of karst; `{near}` is" : $"`{name}` is no command of karst";

    static int Complain(string message, string? help)
    {
        Terminal.Error.WriteLine($"karst: {SafeText.Of(message)}");
        if (help is not null) Terminal.Error.WriteLine($"  = help: {SafeText.Of(help)}");
        return ExitCodes.Usage;
    }

    static int PrintHelp(Verb? verb, bool asError)
    {
        var text = verb is null ? HelpPage.All() : HelpPage.Of(verb);
        if (!asError) return Print(text);
        Terminal.Error.Write(text);
        return ExitCodes.Usage;
    }

    static int Print(string text) =>
        Guarded(() =>
        {
            Terminal.Write(text);
            return ExitCodes.Fine;
        }, Interrupt.None);
}
