using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds the buckets that no row is in (Splunk search reference, makecontinuous).</summary>
sealed class Makecontinuous : Command
{
    public override string Name => "makecontinuous";

    public override string Usage => "makecontinuous [<field>] [span=<length>] [bins=<count>] [start=<number>] [end=<number>] [aligntime=<time>]";

    public override string Summary => "Puts a field's numbers into buckets and adds a row for each bucket that has none.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        string? field = null;
        var options = new BinOptions();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value)) options = BinGrammar.Option(options, syntax, name, value, context) ?? throw CommandErrors.UnknownOption(syntax, name, value.Span, BinGrammar.Names);
            else if (field is not null) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            else field = FieldArgument.TakePlain(reader).Value;
        }
        return new MakecontinuousStage(field ?? "_time", options) { At = syntax.Span };
    }
}

/// <summary>The rows in the order of their buckets, and one for each bucket without any, up to the last.</summary>
public sealed record MakecontinuousStage(string Field, BinOptions Options) : Stage
{
    /// <summary>More buckets than this are not made.</summary>
    const int MostBuckets = 100_000;

    /// <inheritdoc/>
    public override string Command => "makecontinuous";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ContinuousOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"makecontinuous {Field}{(Options.Span is { } span ? $" span={span}" : "")}";

    sealed class ContinuousOperator(MakecontinuousStage stage, RunContext run) : KeptRows("makecontinuous", run)
    {
        protected override void GiveOut()
        {
            if (BinRangeStage.Size(Rows, stage.Field, stage.Options) is not { } size)
            {
                PassOn(Rows.ToBatches(Run.BatchSize));
                return;
            }
            var axis = new SeriesAxis(stage.Field) { Bins = stage.Options };
            var align = stage.Options.Align?.Resolve(Run) ?? 0;
            // The place of each row: first those with a bucket by its start, then all others as they came.
            var placed = new SortedDictionary<double, List<int>>();
            var others = new List<int>();
            for (var row = 0; row < Rows.Count; row++)
            {
                if (!Rows.Get(stage.Field, row).TryNumber(out var number) || !SeriesAxis.Place(Value.FromNumber(number), size, align, Run.Zone).TryNumber(out var start)) others.Add(row);
                else if (placed.TryGetValue(start, out var rows)) rows.Add(row);
                else placed[start] = [row];
            }
            AddGaps(placed, size);
            var (order, places) = (new List<int>(), new List<Value>());
            foreach (var (start, rows) in placed)
            {
                var label = axis.Label(Value.FromNumber(start), size, Run.Zone);
                foreach (var row in rows.DefaultIfEmpty(-1))
                {
                    order.Add(row);
                    places.Add(label);
                }
            }
            GiveOut(order, places, others);
        }

        void GiveOut(List<int> order, List<Value> places, List<int> others)
        {
            for (var from = 0; from < order.Count; from += Run.BatchSize)
            {
                Run.ThrowIfCancelled();
                var count = Math.Min(Run.BatchSize, order.Count - from);
                var at = from;
                var columns = Rows.Names.Select(name => new Column(name, [.. Enumerable.Range(at, count).Select(place =>
                    name == stage.Field ? places[place] : order[place] < 0 ? Value.Null : Rows.Get(name, order[place]))])).ToArray();
                if (!Next.Push(new Batch(count, columns))) return;
            }
            PassOn(Rows.ToBatches(others, Run.BatchSize));
        }

        void AddGaps(SortedDictionary<double, List<int>> placed, SpanLength size)
        {
            if (placed.Count == 0) return;
            var last = placed.Keys.Last();
            var made = 0;
            for (var start = placed.Keys.First(); start < last; start = SeriesAxis.Next(start, size, Run.Zone))
            {
                // Steps are counted, not buckets: next to a large number the next start is the same.
                if (made++ >= MostBuckets)
                {
                    Run.Messages.Add("bucket-limit", $"`makecontinuous` makes {MostBuckets} buckets at most, so some of those without rows are left out; a larger span has fewer");
                    return;
                }
                placed.TryAdd(start, []);
            }
        }
    }
}
