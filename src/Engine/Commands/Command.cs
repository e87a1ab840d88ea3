using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>
/// An SPL command: tells everything about itself, owns its grammar, its stage and its operator. One file each, one reference page
/// (docs/reference/commands/NAME.md), and one line in <see cref="CommandTable"/>.
/// </summary>
public abstract class Command
{
    /// <summary>The name in SPL.</summary>
    public abstract string Name { get; }

    /// <summary>Other names: `bucket` for `bin`.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>The arguments in short.</summary>
    public abstract string Usage { get; }

    /// <summary>One sentence; help, docs and web page print it.</summary>
    public abstract string Summary { get; }

    /// <summary>Binds the command; throws <see cref="SplException"/> with the place of what is wrong or unsupported.</summary>
    public abstract Stage Bind(CommandSyntax syntax, BindContext context);

    /// <summary>Binds a command that may stand for several stages (`from` reads a dataset's events); most give the one of <see cref="Bind"/>. Plans are made with this.</summary>
    public virtual IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context) => [Bind(syntax, context)];
}
