using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Counts what goes on at the same time (Splunk search reference, concurrency).</summary>
sealed class Concurrency : Command
{
    public override string Name => "concurrency";

    public override string Usage => "concurrency duration=<field> [start=<field>] [output=<field>]";

    public override string Summary => "Counts for each row the rows that go on when it starts, itself among them.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new ConcurrencyStage("") { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            stage = name switch
            {
                "duration" => stage with { Duration = value.Value },
                "start" => stage with { Start = value.Value },
                "output" => stage with { Target = value.Value },
                _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "duration", "start", "output"),
            };
        }
        return stage.Duration.Length == 0 ? throw CommandErrors.Missing(syntax, "`duration`, a field with seconds") : stage;
    }
}

/// <summary>The rows whose stretch of time holds another row's start.</summary>
public sealed record ConcurrencyStage(string Duration) : Stage
{
    /// <summary>The field with the start of a row.</summary>
    public string Start { get; init; } = "_time";

    /// <summary>The field of the count.</summary>
    public string Target { get; init; } = "concurrency";

    /// <inheritdoc/>
    public override string Command => "concurrency";

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Duration, Start);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ConcurrencyOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"concurrency duration={Duration} start={Start} output={Target}";

    sealed class ConcurrencyOperator(ConcurrencyStage stage, RunContext run) : KeptRows("concurrency", run)
    {
        protected override void GiveOut()
        {
            var starts = new List<double>();
            var ends = new List<double>();
            for (var row = 0; row < Rows.Count; row++)
            {
                if (!Reads(row, out var start, out var duration) || duration <= 0) continue;
                starts.Add(start);
                ends.Add(start + duration);
            }
            starts.Sort();
            ends.Sort();
            var next = 0;
            PassOn(Rows.ToBatches(Run.BatchSize).Select(batch =>
            {
                Run.ThrowIfCancelled();
                var values = new Value[batch.Count];
                for (var row = 0; row < values.Length; row++, next++)
                    if (Reads(next, out var start, out var duration))
                        values[row] = Value.FromNumber(UpTo(starts, start) - UpTo(ends, start) + (duration > 0 ? 0 : 1));
                return batch.With(stage.Target, values);
            }));
        }

        bool Reads(int row, out double start, out double duration)
        {
            duration = 0;
            return Rows.Get(stage.Start, row).TryNumber(out start) && Rows.Get(stage.Duration, row).TryNumber(out duration);
        }

        // How many are not above a number.
        static int UpTo(List<double> sorted, double number)
        {
            var (low, high) = (0, sorted.Count);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (sorted[middle] <= number) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
