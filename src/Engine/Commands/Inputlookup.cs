using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives the rows of a lookup table.</summary>
sealed class Inputlookup : Command
{
    public override string Name => "inputlookup";

    public override string Usage => "inputlookup [append=<bool>] [start=<number>] [max=<number>] <lookup> [where <filter>]";

    public override string Summary => "Gives the rows of a lookup table.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var appends = false;
        int start = 0, most = 1_000_000_000;
        Token? table = null;
        SearchExpression? filter = null;
        while (!reader.AtEnd)
        {
            if (reader.TryKeyword("where"))
            {
                filter = SplParser.ParseSearch(reader);
                break;
            }
            // Options may stand on either side of the name; rules write both.
            if (reader.TryOption(out var name, out var value))
            {
                switch (name)
                {
                    case "append": appends = OptionValue.Bool(syntax, name, value); break;
                    case "start": start = OptionValue.Whole(syntax, name, value); break;
                    case "max": most = OptionValue.Whole(syntax, name, value); break;
                    // A table that cannot be read ends the search here in any case.
                    case "strict": OptionValue.Bool(syntax, name, value); break;
                    default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "append", "start", "max", "strict");
                }
            }
            else if (table is null) table = reader.TakeField("the name of a lookup");
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        reader.ExpectEnd();
        if (table is null) throw CommandErrors.Missing(syntax, "the name of a lookup");
        if (!appends && !context.IsFirst)
            throw new SplException(new Diagnostic("KNW010", "`inputlookup` gives rows of its own and can only be the first command", syntax.NameSpan, "`inputlookup append=true` adds them to the rows so far"));
        return new InputlookupStage(Lookup.FindTable(table.Value, table.Span, context), start, most, appends)
        {
            At = syntax.Span,
            Where = filter is null ? null : PredicateBinder.Bind(filter, context.BindSubsearch),
        };
    }
}

/// <summary>The rows of a lookup table from <see cref="Start"/> on, at most <see cref="Most"/>; behind the rows in when it appends.</summary>
public sealed record InputlookupStage(LookupTable Table, int Start, int Most, bool Appends) : Stage
{
    /// <summary>Only rows for which this holds.</summary>
    public BoundPredicate? Where { get; init; }

    /// <inheritdoc/>
    public override string Command => "inputlookup";

    /// <inheritdoc/>
    public override bool IsGenerating => !Appends;

    /// <inheritdoc/>
    public override bool MakesOrder => !Appends;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.All;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Appends ? after : FieldSet.None;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new InputlookupOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() =>
        $"inputlookup {(Appends ? "append=true " : "")}{Table.Definition.Name}" + (Where is null ? "" : $" where {Where.Root}");

    sealed class InputlookupOperator(InputlookupStage stage, RunContext run) : Operator
    {
        bool _isDone;

        public override bool Push(Batch batch)
        {
            if (stage.Appends) _isDone = !Next.Push(batch);
            return !_isDone;
        }

        public override void Finish()
        {
            if (stage.Table.Notice is { } notice) run.Messages.Add($"lookup {stage.Table.Definition.Name}", notice);
            var filter = stage.Where is null ? null : Subsearches.Resolve(stage.Where, run).Open(run);
            var left = stage.Most;
            // `start` and `max` count the rows that the filter has kept.
            var skip = stage.Start;
            for (var from = 0; from < stage.Table.Count && left > 0 && !_isDone; from += run.BatchSize)
            {
                run.ThrowIfCancelled();
                var batch = Slice(from, Math.Min(run.BatchSize, stage.Table.Count - from));
                filter?.Start(batch);
                var rows = new List<int>();
                for (var row = 0; row < batch.Count && left > 0; row++)
                {
                    if (filter is not null && !filter.Matches(row)) continue;
                    if (skip-- > 0) continue;
                    rows.Add(row);
                    left--;
                }
                if (rows.Count > 0) _isDone = !Next.Push(rows.Count == batch.Count ? batch : batch.Select([.. rows]));
            }
            Next.Finish();
        }

        Batch Slice(int from, int count) =>
            new(count, [.. stage.Table.Columns.Select(name => new Column(name, stage.Table.Column(name)!.AsSpan(from, count).ToArray()))]);
    }
}
