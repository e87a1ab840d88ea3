using Karst.Engine.Running;

namespace Karst.Engine.Plans;

/// <summary>The start of a search over events: the source makes the rows. <see cref="Wanted"/> says which fields the plan reads.</summary>
public sealed record EventsStage(FieldSet Wanted) : Stage
{
    /// <inheritdoc/>
    public override string Command => "search";

    /// <summary>The source gives rows whose own order counts (`--rows`): nothing is sorted by time.</summary>
    public bool KeepsInputOrder { get; init; }

    /// <summary>Epoch seconds from which on, when the search itself says so.</summary>
    public double? Earliest { get; init; }

    /// <summary>Epoch seconds up to, not including, when the search itself says so.</summary>
    public double? Latest { get; init; }

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override bool IsGenerating => true;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new PassThrough();

    /// <inheritdoc/>
    public override string Describe() =>
        $"events fields={Wanted}"
        + (Earliest is { } from ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" earliest={from}") : "")
        + (Latest is { } to ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" latest={to}") : "");
}

/// <summary>Passes rows on as they are.</summary>
public sealed class PassThrough : Operator
{
    /// <inheritdoc/>
    public override bool Push(Events.Batch batch) => Next.Push(batch);
}
