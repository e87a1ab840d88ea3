using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Plans;

/// <summary>
/// One bound command of a plan. A stage is data: immutable, without rows; its state is born in <see cref="Open"/> and dies with the run.
/// What it says of fields and order lets passes reason about it; what it does not say is taken to be the worst.
/// </summary>
public abstract record Stage
{
    /// <summary>The command's name in SPL.</summary>
    public abstract string Command { get; }

    /// <summary>Where the command stands in the expanded text.</summary>
    public Span At { get; init; }

    /// <summary>The fields that must be there before this stage so that those of <paramref name="after"/> are right behind it.</summary>
    public abstract FieldSet Needs(FieldSet after);

    /// <summary>The fields that this stage may set, change or take away.</summary>
    public virtual FieldSet Writes => FieldSet.All;

    /// <summary>A rowwise stage that may give the rows of one batch in several.</summary>
    public virtual bool CutsBatches => false;

    /// <summary>Each row out depends on one row in, and order is kept: filters over fields it does not write may move before it.</summary>
    public virtual bool IsRowwise => false;

    /// <summary>The result depends on the order of the rows: events must come newest first.</summary>
    public virtual bool NeedsOrder => false;

    /// <summary>The rows out have an order of their own, whatever the order in.</summary>
    public virtual bool MakesOrder => false;

    /// <summary>The stage makes rows instead of taking them; only the first of a plan.</summary>
    public virtual bool IsGenerating => false;

    /// <summary>The searches that this stage runs beside its own rows, as far as they are known before there are rows.</summary>
    public virtual IReadOnlyList<Plan> SideSearches => [];

    /// <summary>The stage changes something that outlives the run, or runs searches that its rows name.</summary>
    public virtual bool HasEffects => false;

    /// <summary>Makes the operator that does the work of one run.</summary>
    public abstract Operator Open(RunContext run);

    /// <summary>The same stage with the constant parts of its expressions computed.</summary>
    public virtual Stage Simplify() => this;

    /// <summary>The stage keeps or drops whole rows and changes nothing: it may change places with rowwise stages whose results it does not read.</summary>
    public virtual FieldSet? FilterReads => null;

    /// <summary>A filter that reads these fields, and stands behind this stage, may stand before it.</summary>
    public virtual bool LetsThrough(FieldSet reads) => IsRowwise && !Writes.Overlaps(reads);

    /// <summary>
    /// What the stage does, as a text that no stage has that does something else: stages with one text can do their work once for several searches.
    /// Only of rowwise stages that give the same for the same row whenever they see it, and change only fields that <see cref="Writes"/> names; null for all others.
    /// </summary>
    public string? SharedAs => IsShareable ? Describe() : null;

    /// <summary>Whether <see cref="SharedAs"/> says anything.</summary>
    public virtual bool IsShareable => false;

    /// <summary>One line for `--plan`: the command with its bound arguments.</summary>
    public virtual string Describe() => Command;
}

/// <summary>A bound search: stages in order. The first is a generating stage or reads events.</summary>
public sealed record Plan(IReadOnlyList<Stage> Stages)
{
    /// <summary>The stages in brackets, as a command that runs the plan shows it.</summary>
    public string Describe() => $"[{string.Join(" | ", Stages.Select(static stage => stage.Describe()))}]";
}
