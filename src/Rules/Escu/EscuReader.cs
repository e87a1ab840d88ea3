using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>One detection's mapping to a rule: a field is taken at the top level, else from `tags`.</summary>
sealed class EscuReader(string path, string text, YamlMap map, List<RuleDiagnostic> diagnostics)
{
    static readonly string[] s_statuses = ["production", "experimental", "deprecated", "removed"];
    static readonly string[] s_types = ["TTP", "Anomaly", "Hunting", "Correlation"];

    readonly YamlFields _fields = new(path, diagnostics);
    readonly YamlMap _none = new(new FilePlace(1, 1));

    /// <summary>Reads the rule; null when it has no search.</summary>
    public Rule? Read()
    {
        var tags = _fields.Map(map, "tags") ?? _none;
        var name = Required("name");
        var search = Required("search");
        var type = (RuleType)Choice("type", s_types, (int)RuleType.Ttp);
        var status = (RuleStatus)Choice("status", s_statuses, (int)RuleStatus.Production);
        if (name is null || search is null) return null;
        var scalar = (YamlScalar)map.Get("search")!;
        var date = _fields.Text(map, "date");
        var risk = new EscuRisk(_fields, map, tags, type);
        return new Rule
        {
            Path = path,
            Name = name,
            Id = _fields.Text(map, "id"),
            Version = _fields.Whole(map, "version") ?? 0,
            Author = _fields.Text(map, "author"),
            CreationDate = _fields.TextOrNull(map, "creation_date") ?? date,
            ModificationDate = _fields.TextOrNull(map, "modification_date") ?? date,
            Status = status,
            Type = type,
            Description = _fields.Text(map, "description"),
            HowToImplement = _fields.Text(map, "how_to_implement"),
            KnownFalsePositives = _fields.Text(map, "known_false_positives"),
            References = _fields.Texts(map, "references"),
            DataSources = map.Get("data_source") is null ? _fields.Texts(map, "data_sources") : _fields.Texts(map, "data_source"),
            Search = search,
            SearchMap = TextMap.Align(text, scalar.Start, scalar.Value),
            Drilldowns = [.. _fields.Maps(map, "drilldown_searches").Select(Drilldown)],
            Finding = risk.Finding(),
            IntermediateFindings = risk.Intermediate(),
            ThreatObjects = risk.ThreatObjects(),
            Stories = Tagged("analytic_story"),
            AssetType = string.Join(", ", Tagged("asset_type")),
            AttackIds = Tagged("mitre_attack_id"),
            Products = Tagged("product"),
            SecurityDomain = _fields.TextOrNull(map, "security_domain") ?? _fields.Text(tags, "security_domain"),
            Category = _fields.TextOrNull(map, "category") ?? Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ""),
            Cves = Tagged("cve"),
            Tests = new EscuTests(_fields, map, tags).Read(),
            Baselines = _fields.Texts(map, "baselines"),
            Schedule = EscuSchedule.Read(_fields, map),
            ScheduleName = map.Get("schedule") is YamlScalar named ? named.Value : "",
            Throttle = EscuSchedule.Throttle(_fields, map, tags),
            Places = map.Places,
        };

        IReadOnlyList<string> Tagged(string key) => map.Get(key) is null ? _fields.Texts(tags, key) : _fields.Texts(map, key);
    }

    string? Required(string key)
    {
        if (map.Get(key) is null)
        {
            _fields.Add(map.PlaceOf(key), RuleErrors.Missing(key));
            return null;
        }
        var value = _fields.TextOrNull(map, key);
        if (value is null || !string.IsNullOrWhiteSpace(value)) return value;
        _fields.Add(map.PlaceOf(key), RuleErrors.Missing(key));
        return null;
    }

    int Choice(string key, string[] known, int otherwise)
    {
        if (map.Get(key) is not { } node)
        {
            _fields.Add(map.At, RuleErrors.Missing(key));
            return otherwise;
        }
        if (_fields.TextOrNull(map, key) is not { } value) return otherwise;
        var index = Array.FindIndex(known, choice => choice.Equals(value.Trim(), StringComparison.OrdinalIgnoreCase));
        if (index >= 0) return index;
        _fields.Add(node.At, RuleErrors.Unknown(key, value, string.Join(", ", known)));
        return otherwise;
    }

    RuleDrilldown Drilldown(YamlMap entry) =>
        new(_fields.Text(entry, "name"), _fields.Text(entry, "search"), _fields.TextOrNull(entry, "earliest_offset"), _fields.TextOrNull(entry, "latest_offset"));
}
