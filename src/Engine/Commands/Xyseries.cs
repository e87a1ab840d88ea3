using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes columns of rows (Splunk search reference, xyseries).</summary>
sealed class Xyseries : Command
{
    public override string Name => "xyseries";

    public override string Usage => "xyseries [grouped=<bool>] <x-field> <name-field> <data-field>... [sep=<text>] [format=<text>]";

    public override string Summary => "Makes a table of rows: a row for each value of a field, a column for each name, the values within.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new XyseriesStage("", "", []) { At = syntax.Span };
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "grouped" => stage with { IsGrouped = OptionValue.Bool(syntax, name, value) },
                    "sep" => stage with { Separator = value.Value },
                    "format" => stage with { Format = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "grouped", "sep", "format"),
                };
            }
            else fields.Add(FieldArgument.TakePlain(reader).Value);
        }
        if (fields.Count < 3) throw CommandErrors.Missing(syntax, "three fields or more: that of the rows, that of the columns' names, those of the values");
        return stage with { X = fields[0], Name = fields[1], Data = [.. fields.Skip(2)] };
    }
}

/// <summary>A row for each value of <paramref name="X"/> in the order of their first rows, a column for each value of <paramref name="Name"/>, sorted.</summary>
public sealed record XyseriesStage(string X, string Name, IReadOnlyList<string> Data) : Stage
{
    /// <summary>Rows of a value of <see cref="X"/> stand together already: a row is given out when the value changes.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>What parts the data field's name from the column's where there are several data fields.</summary>
    public string Separator { get; init; } = ": ";

    /// <summary>How a column is named, with `$AGG$` for the data field and `$VAL$` for the name; wins over the separator.</summary>
    public string? Format { get; init; }

    /// <inheritdoc/>
    public override string Command => "xyseries";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of([X, Name, .. Data]);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SeriesOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"xyseries {(IsGrouped ? "grouped=true " : "")}{X} {Name} {string.Join(' ', Data)}";

    /// <summary>The name of the column for a data field and a name.</summary>
    internal string ColumnName(string data, string name) => SeriesName.Of(Format, Separator, data, name, Data.Count == 1);

    sealed class SeriesOperator(XyseriesStage stage, RunContext run) : KeptRows("xyseries", run)
    {
        protected override void GiveOut()
        {
            var places = new Dictionary<Value, int>();
            var rows = new List<Value>();
            var cells = new Dictionary<(int Data, Value Name), Dictionary<int, Value>>();
            var last = Value.Null;
            for (var row = 0; row < Rows.Count; row++)
            {
                var x = Rows.Get(stage.X, row);
                var name = Rows.Get(stage.Name, row);
                if (x.IsNull) continue;
                if (!(stage.IsGrouped && rows.Count > 0 ? x == last : places.ContainsKey(x)))
                {
                    places[x] = rows.Count;
                    rows.Add(x);
                }
                last = x;
                for (var data = 0; data < stage.Data.Count && !name.IsNull; data++)
                {
                    if (!cells.TryGetValue((data, name), out var column)) cells[(data, name)] = column = [];
                    // The last row of a place wins.
                    if (Rows.Get(stage.Data[data], row) is { IsNull: false } value) column[places[x]] = value;
                }
            }
            PassOn(Batches(rows, cells));
        }

        IEnumerable<Batch> Batches(List<Value> rows, Dictionary<(int Data, Value Name), Dictionary<int, Value>> cells)
        {
            var named = cells
                .Select(cell => (cell.Key.Data, Name: cell.Key.Name.ToString(), cell.Value))
                .OrderBy(cell => cell.Data).ThenBy(cell => cell.Name, StringComparer.Ordinal)
                .Select(cell => (Name: stage.ColumnName(stage.Data[cell.Data], cell.Name), cell.Value))
                .DistinctBy(column => column.Name)
                .ToList();
            for (var start = 0; start < rows.Count; start += Run.BatchSize)
            {
                Run.ThrowIfCancelled();
                var count = Math.Min(Run.BatchSize, rows.Count - start);
                var columns = new List<Column> { new(stage.X, [.. rows.GetRange(start, count)]) };
                foreach (var (name, values) in named)
                    columns.Add(new Column(name, [.. Enumerable.Range(start, count).Select(row => values.GetValueOrDefault(row))]));
                yield return new Batch(count, [.. columns]);
            }
        }
    }
}
