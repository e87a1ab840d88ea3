using Karst.Engine.Knowledge.Automatic;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes a row of each line of a table in raw text (Splunk search reference, multikv).</summary>
sealed class Multikv : Command
{
    static readonly string[] s_lists = ["fields", "filter"];

    public override string Name => "multikv";

    public override string Usage =>
        "multikv [copyattrs=<bool>] [fields <field>...] [filter <text>...] [forceheader=<int>] [multitable=<bool>] [noheader=<bool>] [rmorig=<bool>]";

    public override string Summary => "Makes a row of each line of a table in the raw text, with the table's columns as fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new MultikvStage { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryKeyword("fields")) stage = stage with { Fields = TakeList(reader) };
            else if (reader.TryKeyword("filter")) stage = stage with { Filter = TakeList(reader) };
            else if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            else
            {
                stage = name switch
                {
                    "copyattrs" => stage with { CopiesFields = OptionValue.Bool(syntax, name, value) },
                    "forceheader" => stage with { Header = OptionValue.Whole(syntax, name, value, 1) },
                    "noheader" => stage with { HasHeader = !OptionValue.Bool(syntax, name, value) },
                    "multitable" => stage with { HasMany = OptionValue.Bool(syntax, name, value) },
                    "rmorig" => stage with { DropsOriginal = OptionValue.Bool(syntax, name, value) },
                    "conf" => throw CommandErrors.Unsupported(syntax, "a stanza of multikv.conf", value.Span),
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "copyattrs", "fields", "filter", "forceheader", "multitable", "noheader", "rmorig"),
                };
            }
        }
        return stage;
    }

    static List<string> TakeList(ArgumentReader reader)
    {
        var list = new List<string>();
        while (!reader.AtEnd && reader.Peek(1) is not { Kind: TokenKind.Operator, Text: "=" } && !s_lists.Contains(reader.Peek().Text.ToLowerInvariant()))
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else list.Add(reader.TakeField("a word").Value);
        }
        return list;
    }
}

/// <summary>The lines of a table in `_raw` as rows.</summary>
public sealed record MultikvStage : Stage
{
    /// <summary>The rows keep the fields of the event.</summary>
    public bool CopiesFields { get; init; } = true;

    /// <summary>The columns that are taken; empty takes all.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>A line counts when it holds one of these texts; empty takes all.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>The number of the line with the names, from 1 on; 0 is the first that is not empty.</summary>
    public int Header { get; init; }

    /// <summary>A line names the columns; without, they are `Column_1` and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>An empty line ends a table, and the next line names the columns of another.</summary>
    public bool HasMany { get; init; } = true;

    /// <summary>The event itself goes when rows were made of it.</summary>
    public bool DropsOriginal { get; init; } = true;

    /// <inheritdoc/>
    public override string Command => "multikv";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("_raw");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TableOperator(this, run);

    sealed class TableOperator(MultikvStage stage, RunContext run) : Operator
    {
        readonly TextTable _table = new() { Header = stage.Header, HasHeader = stage.HasHeader, HasMany = stage.HasMany };

        public override bool Push(Batch batch)
        {
            if (batch.Find("_raw") is not { } raw) return Next.Push(batch);
            var rows = new RowStore();
            for (var row = 0; row < batch.Count; row++)
            {
                run.ThrowIfCancelled();
                var lines = raw.Values[row].IsNull ? [] : _table.Lines(raw.Values[row].ToString()).Where(IsWanted).ToList();
                if (lines.Count == 0 || !stage.DropsOriginal) rows.Add(batch, row);
                foreach (var line in lines) rows.Add(Row(batch, row, line), 0);
            }
            foreach (var part in rows.ToBatches(run.BatchSize))
                if (!Next.Push(part)) return false;
            return true;
        }

        bool IsWanted(TableLine line) => stage.Filter.Count == 0 || stage.Filter.Any(word => line.Text.Contains(word, StringComparison.OrdinalIgnoreCase));

        Batch Row(Batch batch, int row, TableLine line)
        {
            var original = batch.Select([row]);
            if (!stage.CopiesFields) original = new Batch(1, [.. original.Columns.ToArray().Where(column => column.Name.StartsWith('_'))]);
            original = original.With("_raw", [Value.FromText(line.Text)]);
            foreach (var (name, value) in line.Cells.Where(cell => stage.Fields.Count == 0 || stage.Fields.Contains(cell.Name))) original = original.With(name, [Value.FromText(value)]);
            return original;
        }
    }
}
