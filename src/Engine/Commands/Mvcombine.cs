using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes one row of rows that differ in one field only.</summary>
sealed class Mvcombine : Command
{
    public override string Name => "mvcombine";

    public override string Usage => "mvcombine [delim=<text>] <field>";

    public override string Summary => "Makes one row of rows that differ in one field only; the field gets all their values.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        Token? field = null;
        while (!reader.AtEnd)
        {
            // The delimiter changes how Splunk shows the field as one text, not its values.
            if (reader.TryOption(out var name, out var value))
            {
                if (name != "delim") throw CommandErrors.UnknownOption(syntax, name, value.Span, "delim");
            }
            else if (field is null) field = FieldArgument.Take(reader);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "a field name");
        return new MvcombineStage(field.Value) { At = syntax.Span };
    }
}

/// <summary>One row for rows that are equal but for a field.</summary>
public sealed record MvcombineStage(string Field) : Stage
{
    /// <inheritdoc/>
    public override string Command => "mvcombine";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Field);

    /// <inheritdoc/>
    // All other fields decide which rows are equal.
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new CombineOperator(Field, run);

    /// <inheritdoc/>
    public override string Describe() => $"mvcombine {Field}";

    sealed class CombineOperator(string field, RunContext run) : KeptRows("mvcombine", run)
    {
        protected override void GiveOut()
        {
            var others = Rows.Names.Where(name => name != field).ToArray();
            var firsts = new Dictionary<RowKey, int>();
            var combined = new Dictionary<int, List<Value>>();
            var order = new List<int>();
            for (var row = 0; row < Rows.Count; row++)
            {
                var key = new RowKey([.. others.Select(name => Rows.Get(name, row))]);
                var value = Rows.Get(field, row);
                // A row without the field has nothing to combine.
                if (value.IsNull || !firsts.TryGetValue(key, out var first))
                {
                    if (!value.IsNull) firsts[key] = row;
                    order.Add(row);
                    first = row;
                }
                if (!combined.TryGetValue(first, out var values)) combined[first] = values = [];
                for (var i = 0; i < value.Count; i++) values.Add(value[i]);
            }
            var at = 0;
            foreach (var batch in Rows.ToBatches(order, Run.BatchSize))
            {
                var values = new Value[batch.Count];
                for (var row = 0; row < values.Length; row++) values[row] = Value.FromMany(combined[order[at + row]]);
                at += batch.Count;
                if (!Next.Push(Rows.Names.Contains(field) ? batch.With(field, values) : batch)) return;
            }
        }
    }
}
