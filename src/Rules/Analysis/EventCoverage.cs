namespace Karst.Rules.Analysis;

/// <summary>What a rule watches: a provider and one of its events, or `_catch_all`.</summary>
public sealed record CoveredEvent(string Provider, string Event)
{
    /// <summary>The event of a rule that names the provider only.</summary>
    public const string CatchAll = "_catch_all";
}

/// <summary>The events that a rule's predicates name; where they name none, its data sources.</summary>
public static class EventCoverage
{
    static readonly string[] s_cloudEvents = ["eventName"];
    static readonly string[] s_windowsEvents = ["EventCode", "EventID", "signature_id"];
    static readonly string[] s_otherEvents = ["operationName", "Operation", "protoPayload.methodName"];

    /// <summary>Provider and event, each once, sorted.</summary>
    public static IReadOnlyList<CoveredEvent> Of(Rule rule, RuleAnalysis analysis)
    {
        var found = new SortedSet<(string, string)>();
        var services = Values(analysis, "eventSource").Where(source => source.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase))
            .Select(source => "AWS-" + source[..^".amazonaws.com".Length]).ToList();
        if (services.Count == 0 && Values(analysis, "sourcetype").Contains("aws:cloudtrail", StringComparer.OrdinalIgnoreCase)) services.Add("AWS");
        foreach (var service in services) Add(service, s_cloudEvents, catchAll: service != "AWS");
        Add(WindowsProvider(analysis), s_windowsEvents, catchAll: false);
        foreach (var sourcetype in Values(analysis, "sourcetype")) Add(sourcetype, s_otherEvents, catchAll: false);
        if (found.Count == 0)
            foreach (var source in rule.DataSources) found.Add(OfDataSource(source));
        return [.. found.Select(pair => new CoveredEvent(pair.Item1, pair.Item2))];

        void Add(string provider, string[] fields, bool catchAll)
        {
            var events = fields.SelectMany(field => Values(analysis, field)).ToList();
            foreach (var name in events) found.Add((provider, name));
            if (events.Count == 0 && catchAll) found.Add((provider, CoveredEvent.CatchAll));
        }
    }

    static IEnumerable<string> Values(RuleAnalysis analysis, string field) =>
        analysis.Indicators.Where(indicator => indicator is { Negated: false, Computed: null, Kind: PredicateKind.Eq or PredicateKind.In } && indicator.Field == field)
            .SelectMany(indicator => indicator.Values);

    static string WindowsProvider(RuleAnalysis analysis)
    {
        var sources = Values(analysis, "source").Concat(Values(analysis, "sourcetype")).Concat(Values(analysis, "eventtype")).ToList();
        if (Any("sysmon")) return "Microsoft-Windows-Sysmon";
        if (Any("powershell")) return "Microsoft-Windows-PowerShell";
        if (Any("security")) return "Microsoft-Windows-Security-Auditing";
        return Any("system") ? "Windows-System" : "Windows";

        bool Any(string word) => sources.Exists(source => source.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    // `Sysmon EventID 1`, `Windows Event Log Security 4688`: the number at the end is the event.
    static (string, string) OfDataSource(string source)
    {
        var blank = source.LastIndexOf(' ');
        if (blank < 0 || !int.TryParse(source.AsSpan(blank + 1), out _)) return (source, CoveredEvent.CatchAll);
        var provider = source[..blank];
        return (provider.EndsWith(" EventID", StringComparison.Ordinal) ? provider[..^" EventID".Length] : provider, source[(blank + 1)..]);
    }
}
