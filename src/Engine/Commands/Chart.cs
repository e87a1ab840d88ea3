using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes a table of aggregates (Splunk search reference, chart).</summary>
sealed class Chart : Command
{
    public override string Name => "chart";

    public override string Usage =>
        "chart [limit=<rank>] [useother=<bool>] [usenull=<bool>] [cont=<bool>] [sep=<text>] [format=<text>] <aggregate>... [OVER <field> [<bins>]] [BY <field> [<bins>] [<field> [<bins>]]] [WHERE <series>]";

    public override string Summary => "Makes a table of aggregates: a row for each value of one field, a column for each of another.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var options = new SeriesOptions();
        var columns = new List<SeriesColumn>();
        SeriesLimit? where = null;
        SeriesAxis? over = null;
        var by = new List<SeriesAxis>();
        // Where options of buckets belong: to the field that was named last.
        SeriesAxis? last = null;
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (SeriesGrammar.TryAgg(reader)) continue;
            else if (reader.TryOption(out var name, out var value))
            {
                if (options.With(syntax, name, value) is { } more) options = more;
                else if (BinGrammar.Option(last?.Bins ?? new BinOptions(), syntax, name, value, context) is { } bins && last is not null)
                    Replace(last with { Bins = bins });
                else throw CommandErrors.UnknownOption(syntax, name, value.Span, SeriesOptions.Names(BinGrammar.Names));
            }
            else if (reader.TryKeyword("over")) over = last = TakeAxis(syntax, reader);
            else if (reader.TryKeyword("by")) by.Add(last = TakeAxis(syntax, reader));
            else if (reader.TryKeyword("where")) where = SeriesLimit.Where(syntax, reader);
            else if (by.Count > 0 && by.Count < (over is null ? 2 : 1)) by.Add(last = TakeAxis(syntax, reader));
            else if (over is null && by.Count == 0 && SeriesGrammar.TryTake(reader, columns)) continue;
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (columns.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `count` or `sum(field)`");
        var rows = over ?? by.FirstOrDefault();
        var series = over is null ? by.ElementAtOrDefault(1) : by.FirstOrDefault();
        if (series is null && columns.Find(column => column.Name == rows?.Field) is { } clash) throw AggregationErrors.NamedAsKey(clash.Name, clash.At);
        return new SeriesStage(Name, columns)
        {
            Rows = rows,
            Series = series,
            Options = options with { Limit = where ?? options.Limit ?? SeriesLimit.Default },
            At = syntax.Span,
        };

        void Replace(SeriesAxis changed)
        {
            if (over == last) over = changed;
            if (by.IndexOf(last!) is >= 0 and var place) by[place] = changed;
            last = changed;
        }
    }

    static SeriesAxis TakeAxis(CommandSyntax syntax, ArgumentReader reader)
    {
        var field = FieldArgument.TakePlain(reader);
        // Times are put into buckets also where no size is given.
        return new SeriesAxis(field.Value) { Bins = field.Value == "_time" ? new BinOptions() : null };
    }
}
