namespace Karst.Engine.Commands;

/// <summary>The names of columns that an aggregate (or data field) and a series make together, for `chart`, `timechart` and `xyseries`.</summary>
static class SeriesName
{
    /// <summary>
    /// What <paramref name="format"/> makes with `$AGG$` and `$VAL$`; without one the series alone where there is one aggregate, else both with the separator between them.
    /// </summary>
    internal static string Of(string? format, string separator, string aggregate, string series, bool isOnly) =>
        format is not null ? format.Replace("$AGG$", aggregate, StringComparison.Ordinal).Replace("$VAL$", series, StringComparison.Ordinal)
        : isOnly ? series
        : aggregate + separator + series;
}
