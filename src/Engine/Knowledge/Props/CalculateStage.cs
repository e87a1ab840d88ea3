using Karst.Engine.Expressions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>One EVAL- of a sourcetype.</summary>
sealed record CalculatedField(string Field, BoundExpression Expression);

/// <summary>The calculated fields of a sourcetype. All see the fields as they were before the first of them.</summary>
sealed record CalculateStage(IReadOnlyList<CalculatedField> Fields) : Stage
{
    public override string Command => "calculate";

    public override FieldSet Writes => FieldSet.Of(Fields.Select(calculated => calculated.Field));

    public override bool IsRowwise => true;

    public override FieldSet Needs(FieldSet after)
    {
        var wanted = Fields.Where(field => after.Contains(field.Field)).ToList();
        return after.Without(wanted.Select(field => field.Field)).With(wanted.SelectMany(field => field.Expression.Fields));
    }

    public override Operator Open(RunContext run) => new CalculateOperator(Fields, run);

    public override string Describe() =>
        "calculate " + string.Join(", ", Fields.Select(field => field.Expression.Text.Length > 0 ? $"{field.Field}={field.Expression.Text}" : field.Field));

    sealed class CalculateOperator(IReadOnlyList<CalculatedField> fields, RunContext run) : Operator
    {
        readonly ExpressionRun[] _expressions = [.. fields.Select(field => field.Expression.Open(run))];
        readonly Value[][] _values = new Value[fields.Count][];

        public override bool Push(Batch batch)
        {
            var calculated = batch;
            for (var i = 0; i < _expressions.Length; i++)
            {
                _expressions[i].Start(batch);
                // Batches hold only until Push returns, so the arrays serve again.
                var values = _values[i] is { } old && old.Length >= batch.Count ? old : _values[i] = new Value[batch.Count];
                for (var row = 0; row < batch.Count; row++)
                {
                    var value = _expressions[i].Evaluate(row);
                    values[row] = value.IsBool ? Value.Null : value;
                }
                calculated = calculated.With(fields[i].Field, values);
            }
            return Next.Push(calculated);
        }
    }
}
