using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps a running total (Splunk search reference, accum).</summary>
sealed class Accum : Command
{
    public override string Name => "accum";

    public override string Usage => "accum <field> [AS <newfield>]";

    public override string Summary => "Keeps a running total of a field's numbers, in the field itself or in a new one.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var (field, target) = RenamedField.TakeAll(syntax, new ArgumentReader(syntax),
            (name, value) => throw CommandErrors.UnknownOption(syntax, name, value.Span));
        return new AccumStage(field.Value, target?.Value ?? field.Value) { At = syntax.Span };
    }
}

/// <summary>The total of a field's numbers up to and with each row; what is no number is passed over.</summary>
public sealed record AccumStage(string Field, string Target) : Stage
{
    /// <inheritdoc/>
    public override string Command => "accum";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new AccumOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"accum {Field} AS {Target}";

    sealed class AccumOperator(AccumStage stage) : Operator
    {
        double _total;

        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field) is not { } column) return Next.Push(batch);
            var values = new Value[batch.Count];
            var before = batch.Find(stage.Target)?.Values;
            for (var row = 0; row < values.Length; row++)
            {
                if (column.Values[row].TryNumber(out var number)) values[row] = Value.FromNumber(_total += number);
                else if (before is not null) values[row] = before[row];
            }
            return Next.Push(batch.With(stage.Target, values));
        }
    }
}
