using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes rows of columns (Splunk search reference, untable).</summary>
sealed class Untable : Command
{
    public override string Name => "untable";

    public override string Usage => "untable <x-field> <name-field> <data-field>";

    public override string Summary => "Makes a row of each value of a table: the row's name, the column's name, the value.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var fields = new List<Token>();
        var reader = new ArgumentReader(syntax);
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (fields.Count == 3) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            else fields.Add(FieldArgument.Take(reader));
        }
        if (fields.Count < 3) throw CommandErrors.Missing(syntax, "three fields: that of the rows, that for the columns' names, that for the values");
        foreach (var field in fields)
            if (FieldArgument.IsPattern(field.Value)) throw CommandErrors.NoWildcard(syntax, field);
        return new UntableStage(fields[0].Value, fields[1].Value, fields[2].Value) { At = syntax.Span };
    }
}

/// <summary>A row for each value of the columns that are not <paramref name="X"/>; internal fields are no columns of the table.</summary>
public sealed record UntableStage(string X, string Name, string Data) : Stage
{
    /// <inheritdoc/>
    public override string Command => "untable";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new UntableOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"untable {X} {Name} {Data}";

    sealed class UntableOperator(UntableStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            var names = new List<Value>();
            var columns = new List<Value[]>();
            foreach (var column in batch.Columns)
            {
                if (column.Name == stage.X || column.Name.StartsWith('_')) continue;
                names.Add(Value.FromText(column.Name));
                columns.Add(column.Values);
            }
            var x = batch.Find(stage.X)?.Values;
            var rows = new List<Value[]>();
            for (var row = 0; row < batch.Count; row++)
            {
                for (var column = 0; column < columns.Count; column++)
                {
                    if (columns[column][row].IsNull) continue;
                    rows.Add([x is null ? Value.Null : x[row], names[column], columns[column][row]]);
                    if (rows.Count >= run.BatchSize && !PassOn(rows)) return false;
                }
            }
            return PassOn(rows);
        }

        bool PassOn(List<Value[]> rows)
        {
            if (rows.Count == 0) return true;
            run.ThrowIfCancelled();
            Column[] columns =
            [
                new(stage.X, [.. rows.Select(row => row[0])]),
                new(stage.Name, [.. rows.Select(row => row[1])]),
                new(stage.Data, [.. rows.Select(row => row[2])]),
            ];
            var batch = new Batch(rows.Count, columns);
            rows.Clear();
            return Next.Push(batch);
        }
    }
}
