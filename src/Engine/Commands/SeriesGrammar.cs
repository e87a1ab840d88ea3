using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The aggregates of `chart` and `timechart`: those of the stats family, `eval(...)` over them, and either of them behind `agg=`.</summary>
static class SeriesGrammar
{
    static readonly string[] s_stops = ["by", "over", "where", "eval"];

    /// <summary>Takes what comes next, if it is one aggregate or more.</summary>
    internal static bool TryTake(ArgumentReader reader, List<SeriesColumn> columns)
    {
        var at = reader.Peek().Span;
        if (AggregateFormula.TryTake(reader) is { } formula)
        {
            var same = columns.Find(known => known.ToString() == formula.ToString());
            if (same is null && columns.Exists(known => known.Name == formula.Name)) throw AggregationErrors.SameName(formula.Name, at);
            if (same is null) columns.Add(formula);
            return true;
        }
        var taken = AggregationGrammar.TakeAll(reader, s_stops);
        foreach (var aggregation in taken)
        {
            var column = new SeriesColumn([aggregation]);
            if (columns.Exists(known => known.ToString() == column.ToString())) continue;
            if (columns.Exists(known => known.Name == column.Name)) throw AggregationErrors.SameName(aggregation.Name, aggregation.At);
            columns.Add(column);
        }
        return taken.Count > 0;
    }

    /// <summary>Takes `agg=` if it is next: an older way to write an aggregate.</summary>
    internal static bool TryAgg(ArgumentReader reader)
    {
        if (reader.Peek(1) is not { Kind: TokenKind.Operator, Text: "=" } || !reader.TryKeyword("agg")) return false;
        reader.Take();
        return true;
    }
}
