using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Turns rows into columns (Splunk search reference, transpose).</summary>
sealed class Transpose : Command
{
    public override string Name => "transpose";

    public override string Usage => "transpose [<int>] [column_name=<text>] [header_field=<field>] [include_empty=<bool>]";

    public override string Summary => "Turns rows into columns: each field becomes a row.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new TransposeStage { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value))
            {
                stage = stage with { Rows = OptionValue.Whole(syntax, "the number of rows", reader.Take()) };
                continue;
            }
            stage = name switch
            {
                "int" => stage with { Rows = OptionValue.Whole(syntax, name, value) },
                "column_name" => stage with { ColumnName = value.Value },
                "header_field" => stage with { HeaderField = value.Value },
                "include_empty" => stage with { IncludesEmpty = OptionValue.Bool(syntax, name, value) },
                _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "column_name", "header_field", "include_empty"),
            };
        }
        return stage;
    }
}

/// <summary>Each field a row, each of the first rows a column; 0 is all rows.</summary>
public sealed record TransposeStage : Stage
{
    /// <summary>How many rows become columns.</summary>
    public int Rows { get; init; } = 5;

    /// <summary>The column with the names of the fields.</summary>
    public string ColumnName { get; init; } = "column";

    /// <summary>The field whose values name the columns, instead of `row 1`, `row 2`, ...</summary>
    public string? HeaderField { get; init; }

    /// <summary>Fields without any value become rows as well.</summary>
    public bool IncludesEmpty { get; init; } = true;

    /// <inheritdoc/>
    public override string Command => "transpose";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TransposeOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"transpose {Rows} column_name={ColumnName}{(HeaderField is null ? "" : $" header_field={HeaderField}")} include_empty={(IncludesEmpty ? "true" : "false")}";

    sealed class TransposeOperator(TransposeStage stage, RunContext run) : KeptRows("transpose", run)
    {
        bool _full;

        public override bool Push(Batch batch)
        {
            if (_full) return false;
            for (var row = 0; row < batch.Count && !_full; row++)
            {
                Rows.Add(batch, row);
                _full = stage.Rows > 0 && Rows.Count >= stage.Rows;
            }
            Check(Rows.Bytes);
            return !_full;
        }

        protected override void GiveOut()
        {
            // `_time` and `_raw` are there only where they are shown; other internal fields never are.
            var names = Rows.Names.Where(name => name != stage.HeaderField && (!name.StartsWith('_') || name is "_time" or "_raw"))
                .Where(name => stage.IncludesEmpty || Enumerable.Range(0, Rows.Count).Any(row => !IsEmpty(Rows.Get(name, row))))
                .ToList();
            var headers = Headers();
            for (var start = 0; start < names.Count; start += Run.BatchSize)
            {
                Run.ThrowIfCancelled();
                var part = names.GetRange(start, Math.Min(Run.BatchSize, names.Count - start));
                var columns = new List<Column> { new(stage.ColumnName, [.. part.Select(Value.FromText)]) };
                for (var row = 0; row < Rows.Count; row++)
                {
                    var at = row;
                    columns.Add(new Column(headers[row], [.. part.Select(name => Rows.Get(name, at))]));
                }
                if (!Next.Push(new Batch(part.Count, [.. columns]))) return;
            }
        }

        // A header that is missing, empty or taken already falls back to the row's number.
        string[] Headers()
        {
            var taken = new HashSet<string>(StringComparer.Ordinal) { stage.ColumnName };
            var headers = new string[Rows.Count];
            for (var row = 0; row < headers.Length; row++)
            {
                var header = stage.HeaderField is { } field ? Rows.Get(field, row).ToString() : "";
                if (header.Length == 0 || !taken.Add(header)) taken.Add(header = $"row {row + 1}");
                headers[row] = header;
            }
            return headers;
        }

        static bool IsEmpty(Value value) => value.IsNull || (value.IsText && value.Utf8.IsEmpty);
    }
}
