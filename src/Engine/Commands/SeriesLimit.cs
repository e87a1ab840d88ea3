using System.Globalization;
using Karst.Engine.Aggregates;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>
/// Which series of `chart` and `timechart` are kept: the best or the worst by an aggregate over their cells (`where sum in top10`, `limit=bottom3`), or
/// those beyond a number (`where max &gt; 5`). A count of 0 keeps all.
/// </summary>
public sealed record SeriesLimit(Aggregate Function, double Number, SeriesTest Test, double Value)
{
    /// <summary>The ten series with the largest sums.</summary>
    internal static SeriesLimit Default { get; } = new(new Sum(), double.NaN, SeriesTest.Top, 10);

    /// <summary>Reads `limit=`: `5`, `top5`, `bottom5`, `0`.</summary>
    internal static SeriesLimit Option(CommandSyntax syntax, string name, Token value)
    {
        var (test, digits) = Ranked(value.Value) ?? (SeriesTest.Top, value.Value);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Default with { Test = test, Value = count }
            : throw CommandErrors.BadValue(syntax, name, value, "a number such as `5`, `top5`, `bottom5`, or `0` for all");
    }

    /// <summary>Reads what stands behind `where`: `max &gt; 5`, `sum in top5`, `avg notin bottom2`.</summary>
    internal static SeriesLimit Where(CommandSyntax syntax, ArgumentReader reader)
    {
        var name = reader.TakeKind(TokenKind.Word, "an aggregate such as `sum`");
        if (AggregateTable.Find(name.Text) is not var (function, number)) throw AggregationErrors.Unknown(name, null);
        var token = reader.Take();
        if (token is { Kind: TokenKind.Operator, Text: "<" or ">" })
            return new SeriesLimit(function, number, token.Text == "<" ? SeriesTest.Below : SeriesTest.Above, OptionValue.Number(syntax, "where", reader.Take()));
        var isIn = token.Text.Equals("in", StringComparison.OrdinalIgnoreCase);
        if (!isIn && !token.Text.Equals("notin", StringComparison.OrdinalIgnoreCase))
            throw ArgumentReader.Error(SplErrors.Expected("`in`, `notin`, `<` or `>`", token, syntax));
        var best = reader.Take();
        if (Ranked(best.Value) is not var (test, digits) || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            throw ArgumentReader.Error(SplErrors.Expected("a rank such as `top5` or `bottom5`", best, syntax));
        var inverse = test == SeriesTest.Top ? SeriesTest.NotTop : SeriesTest.NotBottom;
        return new SeriesLimit(function, number, isIn ? test : inverse, count);
    }

    /// <summary>The names that are kept, of series with their cells.</summary>
    internal HashSet<string> Keep(IEnumerable<(string Name, IEnumerable<Value> Cells)> series, RunContext run)
    {
        var scored = series.Select(one => (one.Name, Score: Score(one.Cells, run))).ToList();
        if (Test is SeriesTest.Above or SeriesTest.Below)
            return [.. scored.Where(one => Test == SeriesTest.Above ? one.Score > Value : one.Score < Value).Select(one => one.Name)];
        // Series of equal rank are taken by name, which Splunk does not say.
        var ranked = scored.OrderBy(one => Test is SeriesTest.Top or SeriesTest.NotTop ? -Or(one.Score) : Or(one.Score)).ThenBy(one => one.Name, StringComparer.Ordinal);
        var count = (int)Value;
        return Test is SeriesTest.Top or SeriesTest.Bottom
            ? [.. ranked.Take(count == 0 ? int.MaxValue : count).Select(one => one.Name)]
            : [.. ranked.Skip(count).Select(one => one.Name)];
    }

    double Score(IEnumerable<Value> cells, RunContext run)
    {
        var accumulator = Function.Open(Number, run);
        foreach (var cell in cells) accumulator.Add(cell, double.NaN);
        return accumulator.Result().TryNumber(out var score) ? score : double.NaN;
    }

    static double Or(double score) => double.IsNaN(score) ? 0 : score;

    static (SeriesTest Test, string Digits)? Ranked(string text) =>
        text.StartsWith("top", StringComparison.OrdinalIgnoreCase) ? (SeriesTest.Top, text[3..])
        : text.StartsWith("bottom", StringComparison.OrdinalIgnoreCase) ? (SeriesTest.Bottom, text[6..])
        : null;
}

/// <summary>How a series is judged.</summary>
public enum SeriesTest
{
    /// <summary>Among the highest.</summary>
    Top,

    /// <summary>Among the lowest.</summary>
    Bottom,

    /// <summary>Not among the highest.</summary>
    NotTop,

    /// <summary>Not among the lowest.</summary>
    NotBottom,

    /// <summary>More than a number.</summary>
    Above,

    /// <summary>Less than a number.</summary>
    Below,
}
