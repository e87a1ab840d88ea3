using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Merges the rows of datasets (Splunk search reference, union).</summary>
sealed class Union : Command
{
    const int DefaultMost = 50_000;

    public override string Name => "union";

    public override string Usage => "union [maxout=<count>] <kind>:<name>|[<subsearch>] ...";

    public override string Summary => "Merges the rows of two or more datasets: events newest first, other rows behind each other.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var plans = new List<Plan>();
        var most = DefaultMost;
        while (!reader.AtEnd)
        {
            var token = reader.Peek();
            if (reader.TryOption(out var name, out var value))
            {
                if (name == "maxout") most = OptionValue.Whole(syntax, name, value);
                else if (!Subrows.IsScheduling(name)) throw CommandErrors.UnknownOption(syntax, name, value.Span, "maxout", "maxtime", "timeout");
            }
            else if (token.Kind == TokenKind.Comma) reader.Take();
            else if (token.Kind == TokenKind.Subsearch) plans.Add(context.BindSubsearch(reader.Take().Subsearch!));
            else plans.Add(Dataset(reader, context));
        }
        if (plans.Count == 0) throw CommandErrors.Missing(syntax, "a dataset");
        // One dataset alone has to have rows before it.
        return new UnionStage(Name, plans, most) { IsFirst = context.IsFirst && plans.Count > 1, At = syntax.Span };
    }

    // `lookup:users`, `lookup:"users.csv"`, `datamodel:"Web.Web"`, `savedsearch:"a name"`.
    static Plan Dataset(ArgumentReader reader, BindContext context)
    {
        var first = reader.TakeField("a dataset such as `lookup:users`, or a search in brackets");
        var name = first.Value;
        if (name.EndsWith(':') && reader.Peek() is { SpaceBefore: false, Kind: TokenKind.Quoted }) name += GeneratedSearch.Printed(reader.Take().Value);
        try
        {
            return context.BindSubsearch(SplParser.Parse("| from " + name).Search);
        }
        catch (SplException error)
        {
            // Its place is one in another text.
            throw new SplException(error.Diagnostic with { At = first.Span });
        }
    }
}

/// <summary>
/// The rows of several searches, at most <paramref name="Most"/> of each (0 is all), behind those that come in. Where all of them only read events, they
/// come newest first; else those of one search behind those of the other.
/// </summary>
public sealed record UnionStage(string Name, IReadOnlyList<Plan> Searches, int Most) : Stage
{
    /// <summary>No rows come in.</summary>
    public bool IsFirst { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Plan> SideSearches => Searches;

    /// <inheritdoc/>
    public override string Command => Name;

    /// <inheritdoc/>
    public override bool IsGenerating => IsFirst;

    /// <inheritdoc/>
    public override bool NeedsOrder => !IsFirst;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => IsFirst ? FieldSet.None : after.With("_time");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new UnionOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"{Name} {string.Join(' ', Searches.Select(search => search.Describe()))}";

    /// <summary>The first stage of a search that looks at more than a row at a time; null when there is none.</summary>
    internal static Stage? FirstNotStreaming(Plan search) =>
        search.Stages.FirstOrDefault(stage => !stage.IsRowwise && stage.FilterReads is null && stage is not (EventsStage or OrderStage));

    sealed class UnionOperator(UnionStage stage, RunContext run) : KeptRows(stage.Name, run)
    {
        protected override void GiveOut()
        {
            foreach (var search in stage.Searches)
                foreach (var batch in SubsearchRows.Run(search, stage.Most, Run).ToBatches(Run.BatchSize)) base.Push(batch);
            PassOn(stage.Searches.All(search => FirstNotStreaming(search) is null) && ByTime() is { } order ? Rows.ToBatches(order, Run.BatchSize) : Rows.ToBatches(Run.BatchSize));
        }

        // Null when a row has no time.
        int[]? ByTime()
        {
            var times = new double[Rows.Count];
            for (var row = 0; row < times.Length; row++)
                if (!Rows.Get("_time", row).TryNumber(out times[row])) return null;
            return [.. Enumerable.Range(0, times.Length).OrderByDescending(row => times[row])];
        }
    }
}
