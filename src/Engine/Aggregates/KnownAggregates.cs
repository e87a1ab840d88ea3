namespace Karst.Engine.Aggregates;

/// <summary>Stats functions that Splunk has and Karst has not, each with the reason: a search that uses one is refused by name.</summary>
public static class KnownAggregates
{
    const string Metrics = "it goes over the series of a metric store, which Karst does not keep; `rate` goes over rows";

    static readonly SortedDictionary<string, string> s_reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["rate_avg"] = Metrics,
        ["rate_sum"] = Metrics,
    };

    /// <summary>Name and reason of each, sorted by name.</summary>
    public static IReadOnlyDictionary<string, string> All => s_reasons;

    /// <summary>Why a stats function of Splunk's cannot be used, or null when the name is not known at all. Functions in <see cref="AggregateTable"/> are asked there first.</summary>
    public static string? Reason(string name) => s_reasons.GetValueOrDefault(name);
}
