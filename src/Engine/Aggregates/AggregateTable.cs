namespace Karst.Engine.Aggregates;

/// <summary>All stats functions, in the order of the docs.</summary>
public static class AggregateTable
{
    static readonly Aggregate[] s_all =
    [
        new Avg(),
        new Count(),
        new Dc(),
        new Earliest(),
        new EarliestTime(),
        new Estdc(),
        new EstdcError(),
        new Exactperc(),
        new First(),
        new Last(),
        new Latest(),
        new LatestTime(),
        new List(),
        new Max(),
        new Median(),
        new Min(),
        new Mode(),
        new PerDay(),
        new PerHour(),
        new PerMinute(),
        new PerSecond(),
        new Perc(),
        new Range(),
        new Rate(),
        new Sparkline(),
        new Stdev(),
        new Stdevp(),
        new Sum(),
        new Sumsq(),
        new Upperperc(),
        new Values(),
        new Var(),
        new Varp(),
    ];

    static readonly Dictionary<string, Aggregate> s_byName = s_all
        .SelectMany(aggregate => aggregate.Aliases.Prepend(aggregate.Name).Select(name => (name, aggregate)))
        .ToDictionary(entry => entry.name, entry => entry.aggregate, StringComparer.Ordinal);

    /// <summary>The aggregates, sorted by name.</summary>
    public static IReadOnlyList<Aggregate> All => s_all;

    /// <summary>Finds an aggregate by name or alias, in any case, with the number of names such as `perc95`; null when there is none.</summary>
    public static (Aggregate Aggregate, double Number)? Find(string name)
    {
        name = name.ToLowerInvariant();
        if (s_byName.TryGetValue(name, out var exact)) return (exact, double.NaN);
        var digits = name.Length;
        while (digits > 0 && (char.IsAsciiDigit(name[digits - 1]) || name[digits - 1] == '.')) digits--;
        if (digits == 0 || digits == name.Length) return null;
        return s_byName.TryGetValue(name[..digits], out var numbered) && numbered.TakesNumber
            && double.TryParse(name.AsSpan(digits), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (numbered, number)
            : null;
    }
}
