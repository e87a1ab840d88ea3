using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Says how long ago a time is (Splunk search reference, reltime).</summary>
sealed class Reltime : Command
{
    public override string Name => "reltime";

    public override string Usage => "reltime [timefield=<field>] [prefix=<text>]";

    public override string Summary => "Says in words how long before the search a time is: `5 days ago`.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var (field, prefix) = ("_time", "");
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            if (name == "timefield") field = value.Value;
            else if (name == "prefix") prefix = value.Value;
            else throw CommandErrors.UnknownOption(syntax, name, value.Span, "timefield", "prefix");
        }
        return new ReltimeStage(field, prefix + "reltime") { At = syntax.Span };
    }
}

/// <summary>The time between a field's and the search's, in the largest unit of which it has one or more.</summary>
public sealed record ReltimeStage(string Field, string Target) : Stage
{
    static readonly (long Seconds, string Name)[] s_units =
        [(31_536_000, "year"), (2_592_000, "month"), (604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

    /// <inheritdoc/>
    public override string Command => "reltime";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ReltimeOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"reltime timefield={Field}{(Target == "reltime" ? "" : $" AS {Target}")}";

    static string Words(double seconds)
    {
        var whole = (long)Math.Min(Math.Floor(Math.Abs(seconds)), 1e15);
        if (whole == 0) return "now";
        var (size, name) = Array.Find(s_units, unit => whole >= unit.Seconds);
        var count = whole / size;
        var amount = $"{count} {name}{(count == 1 ? "" : "s")}";
        return seconds > 0 ? $"{amount} ago" : $"{amount} from now";
    }

    sealed class ReltimeOperator(ReltimeStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field) is not { } column) return Next.Push(batch);
            var old = batch.Find(stage.Target)?.Values;
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++)
            {
                if (column.Values[row].TryNumber(out var time)) values[row] = Value.FromText(Words(run.Now - time));
                else if (old is not null) values[row] = old[row];
            }
            return Next.Push(batch.With(stage.Target, values));
        }
    }
}
