using System.CommandLine;

namespace Karst.App;

/// <summary>
/// A verb of the command line: tells everything about itself. One file each in Commands/, one reference page (docs/reference/cli/NAME.md), and one line
/// in <see cref="VerbTable"/>.
/// </summary>
abstract class Verb
{
    /// <summary>What is typed behind `karst`.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>What is typed behind the verb: `[OPTIONS] SPL [PATH...]`.</summary>
    public abstract string Usage { get; }

    /// <summary>Command lines that work, each with what it does.</summary>
    public abstract IReadOnlyList<(string Line, string What)> Examples { get; }

    /// <summary>The arguments in order.</summary>
    public virtual IReadOnlyList<Argument> Arguments => [];

    /// <summary>The options in the order of the help.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>The arguments that are paths: what begins with a dash there is a misspelt option, unless it stands behind `--`.</summary>
    public virtual IReadOnlyList<Argument> Paths => [];

    /// <summary>Does the work; returns an exit code of <see cref="ExitCodes"/>.</summary>
    public abstract int Run(ParseResult parsed, CancellationToken cancellation);

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command(Name, Summary);
        foreach (var argument in Arguments) command.Arguments.Add(argument);
        foreach (var option in Options) command.Options.Add(option);
        return command;
    }
}
