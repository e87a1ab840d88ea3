using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Subtracts an earlier row's number (Splunk search reference, delta).</summary>
sealed class Delta : Command
{
    public override string Name => "delta";

    public override string Usage => "delta <field> [AS <newfield>] [p=<int>]";

    public override string Summary => "Gives the difference between a field's number and that of an earlier row.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var back = 1;
        var (field, target) = RenamedField.TakeAll(syntax, new ArgumentReader(syntax), (name, value) =>
            back = name == "p" ? OptionValue.Whole(syntax, name, value, 1) : throw CommandErrors.UnknownOption(syntax, name, value.Span, "p"));
        return new DeltaStage(field.Value, target?.Value ?? $"delta({field.Value})", back) { At = syntax.Span };
    }
}

/// <summary>The difference to the value so many rows back; none where either is no number.</summary>
public sealed record DeltaStage(string Field, string Target, int Back) : Stage
{
    /// <inheritdoc/>
    public override string Command => "delta";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new DeltaOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"delta {Field} AS {Target} p={Back}";

    sealed class DeltaOperator(DeltaStage stage) : Operator
    {
        readonly RowsBack _earlier = new(stage.Back);

        public override bool Push(Batch batch)
        {
            var values = new Value[batch.Count];
            var before = batch.Find(stage.Target)?.Values;
            var column = batch.Find(stage.Field)?.Values;
            var written = before is not null;
            for (var row = 0; row < values.Length; row++)
            {
                var value = column is null ? Value.Null : column[row];
                if (value.TryNumber(out var number) && _earlier.At(stage.Back).TryNumber(out var earlier))
                {
                    values[row] = Value.FromNumber(number - earlier);
                    written = true;
                }
                else if (before is not null) values[row] = before[row];
                _earlier.Add(value);
            }
            return Next.Push(written ? batch.With(stage.Target, values) : batch);
        }
    }
}
