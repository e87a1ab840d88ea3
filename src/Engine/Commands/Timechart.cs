using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes a table of aggregates over time (Splunk search reference, timechart).</summary>
sealed class Timechart : Command
{
    public override string Name => "timechart";

    public override string Usage =>
        "timechart [span=<length>] [bins=<count>] [minspan=<length>] [aligntime=<time>] [cont=<bool>] [fixedrange=<bool>] [partial=<bool>] [limit=<rank>] [useother=<bool>] [usenull=<bool>] <aggregate>... [BY <field>] [WHERE <series>]";

    public override string Summary => "Makes a table of aggregates over time: a row for each stretch of time, a column for each value of a field.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var options = new SeriesOptions();
        var bins = new BinOptions();
        var columns = new List<SeriesColumn>();
        SeriesLimit? where = null;
        SeriesAxis? series = null;
        var (fills, partial) = (true, true);
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (SeriesGrammar.TryAgg(reader)) continue;
            else if (reader.TryOption(out var name, out var value))
            {
                if (name == "fixedrange") fills = OptionValue.Bool(syntax, name, value);
                else if (name == "partial") partial = OptionValue.Bool(syntax, name, value);
                else if (options.With(syntax, name, value) is { } more) options = more;
                else bins = BinGrammar.Option(bins, syntax, name, value, context)
                    ?? throw CommandErrors.UnknownOption(syntax, name, value.Span, SeriesOptions.Names([.. BinGrammar.Names, "fixedrange", "partial"]));
            }
            else if (series is null && reader.TryKeyword("by"))
            {
                var field = FieldArgument.TakePlain(reader);
                series = new SeriesAxis(field.Value);
            }
            else if (reader.TryKeyword("where")) where = SeriesLimit.Where(syntax, reader);
            else if (series is null && SeriesGrammar.TryTake(reader, columns)) continue;
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (columns.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `count` or `sum(field)`");
        if (bins.Span is LogSpan) throw CommandErrors.Unsupported(syntax, "a logarithmic span", syntax.Span, "time goes by evenly: `span=5m`");
        // A number without a unit counts seconds.
        if (bins.Span is NumberSpan seconds) bins = bins with { Span = SpanLength.Parse(Karst.Events.NumberText.Format(seconds.Size) + "s") };
        return new SeriesStage(Name, columns)
        {
            Rows = new SeriesAxis("_time") { Bins = bins },
            Series = series,
            Options = options with { Limit = where ?? options.Limit ?? SeriesLimit.Default },
            FillsWindow = fills,
            KeepsPartial = partial,
            At = syntax.Span,
        };
    }
}
