using System.Text;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Writes rows as one filter (Splunk search reference, format).</summary>
sealed class Format : Command
{
    public override string Name => "format";

    public override string Usage =>
        "format [mvsep=<text>] [maxresults=<count>] [\"<row prefix>\" \"<column prefix>\" \"<column separator>\" \"<column end>\" \"<row separator>\" \"<row end>\"] [emptystr=<text>]";

    public override string Summary => "Writes all rows as one filter, in a field named `search`.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new FormatStage { At = syntax.Span };
        var parts = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "mvsep" => stage with { ValueSeparator = value.Value },
                    "maxresults" => stage with { Most = OptionValue.Whole(syntax, name, value) },
                    "emptystr" => stage with { Empty = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "mvsep", "maxresults", "emptystr"),
                };
            }
            else if (parts.Count == 6) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            else parts.Add(reader.TakeKind(TokenKind.Quoted, "a text in quotes").Value);
        }
        return parts.Count switch
        {
            0 => stage,
            6 => stage with { RowStart = parts[0], ColumnStart = parts[1], ColumnSeparator = parts[2], ColumnEnd = parts[3], RowSeparator = parts[4], RowEnd = parts[5] },
            _ => throw CommandErrors.Missing(syntax, "all six texts, or none: row prefix, column prefix, column separator, column end, row separator, row end"),
        };
    }
}

/// <summary>One row, whose field `search` holds a filter that keeps what equals one of the rows.</summary>
public sealed record FormatStage : Stage
{
    /// <summary>Between several values of a field.</summary>
    public string ValueSeparator { get; init; } = "OR";

    /// <summary>The most rows that are written; 0 is all.</summary>
    public int Most { get; init; }

    /// <summary>What stands for no rows.</summary>
    public string Empty { get; init; } = "NOT( )";

    /// <summary>Before all rows.</summary>
    public string RowStart { get; init; } = "(";

    /// <summary>Before the fields of a row.</summary>
    public string ColumnStart { get; init; } = "(";

    /// <summary>Between two fields of a row.</summary>
    public string ColumnSeparator { get; init; } = "AND";

    /// <summary>Behind the fields of a row.</summary>
    public string ColumnEnd { get; init; } = ")";

    /// <summary>Between two rows.</summary>
    public string RowSeparator { get; init; } = "OR";

    /// <summary>Behind all rows.</summary>
    public string RowEnd { get; init; } = ")";

    /// <inheritdoc/>
    public override string Command => "format";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FormatOperator(this, run);

    sealed class FormatOperator(FormatStage stage, RunContext run) : KeptRows("format", run)
    {
        protected override void GiveOut()
        {
            // Fields by name, as Splunk's page prints them.
            var names = Rows.Names.Where(name => !name.StartsWith('_')).Order(StringComparer.Ordinal).ToArray();
            var text = new StringBuilder();
            var written = 0;
            for (var row = 0; row < Rows.Count && (stage.Most == 0 || written < stage.Most); row++)
            {
                Check(Rows.Bytes + (2L * text.Length));
                var fields = names.Where(name => !Rows.Get(name, row).IsNull).Select(name => Term(name, Rows.Get(name, row))).ToList();
                if (fields.Count == 0) continue;
                text.Append(written++ == 0 ? $"{stage.RowStart} " : $" {stage.RowSeparator} ");
                text.Append(stage.ColumnStart).Append(' ').AppendJoin($" {stage.ColumnSeparator} ", fields).Append(' ').Append(stage.ColumnEnd);
            }
            var filter = written == 0 ? stage.Empty : text.Append(' ').Append(stage.RowEnd).ToString();
            Next.Push(new Batch(1, [new Column("search", [Value.FromText(filter)])]));
        }

        string Term(string name, Value value)
        {
            if (!value.IsMultivalue) return Single(name, value);
            var terms = new string[value.Count];
            for (var i = 0; i < terms.Length; i++) terms[i] = Single(name, value[i]);
            return $"( {string.Join($" {stage.ValueSeparator} ", terms)} )";
        }

        // The name of these two says that the value is a piece of a search itself.
        static string Single(string name, Value value) => name switch
        {
            "search" => value.ToString(),
            "query" => GeneratedSearch.Printed(value.ToString()),
            _ => $"{name}={GeneratedSearch.Printed(value.ToString())}",
        };
    }
}
