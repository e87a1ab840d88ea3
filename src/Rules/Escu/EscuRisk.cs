using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>
/// The three ways in which rules have said who is at risk: `finding` with `intermediate_findings`; `rba`; `tags.observable` with
/// `tags.message` and `tags.risk_score`.
/// </summary>
sealed class EscuRisk(YamlFields fields, YamlMap map, YamlMap tags, RuleType type)
{
    readonly IReadOnlyList<RuleEntity> _older = map.Get("rba") is YamlMap rba ? OfRba(fields, rba) : OfTags(fields, tags);

    bool IsNewest => map.Get("finding") is not null || map.Get("intermediate_findings") is not null;

    /// <summary>The finding: the newest form says it; in the older ones it is that of a TTP or a correlation, about the first user, else the first entity.</summary>
    public RuleFinding? Finding()
    {
        if (fields.Map(map, "finding") is { } finding)
        {
            var title = fields.Text(finding, "title");
            return fields.Map(finding, "entity") is { } entity ? new RuleFinding(title, Entity(fields, entity, title)) : null;
        }
        if (IsNewest || type is not (RuleType.Ttp or RuleType.Correlation)) return null;
        return First() is { } first ? new RuleFinding(first.Message, first) : null;
    }

    /// <summary>The entities beside the finding's. A hunting rule has none: its observables in the oldest form carry no risk.</summary>
    public IReadOnlyList<RuleEntity> Intermediate()
    {
        if (IsNewest)
            return fields.Map(map, "intermediate_findings") is { } intermediate
                ? [.. fields.Maps(intermediate, "entities").Select(entity => Entity(fields, entity, ""))]
                : [];
        if (type == RuleType.Hunting) return [];
        if (type == RuleType.Anomaly) return _older;
        var first = First();
        return [.. _older.Where(entity => !ReferenceEquals(entity, first))];
    }

    /// <summary>Fields with a threat's traces; in the oldest form the observables of attackers.</summary>
    public IReadOnlyList<RuleThreatObject> ThreatObjects()
    {
        var holder = map.Get("threat_objects") is not null ? map : map.Get("rba") as YamlMap;
        if (holder is not null)
            return [.. fields.Maps(holder, "threat_objects").Select(threat => new RuleThreatObject(fields.Text(threat, "field"), fields.Text(threat, "type")))];
        if (IsNewest) return [];
        return
        [
            .. fields.Maps(tags, "observable").Where(observable => HasRole(fields, observable, "Attacker"))
                .Select(observable => new RuleThreatObject(fields.Text(observable, "name"), ThreatType(fields.Text(observable, "type")))),
        ];
    }

    RuleEntity? First() => _older.FirstOrDefault(entity => entity.Type == "user") ?? (_older.Count > 0 ? _older[0] : null);

    static RuleEntity Entity(YamlFields fields, YamlMap entity, string message) =>
        new(fields.Text(entity, "field"), fields.Text(entity, "type"), fields.Number(entity, "score"), fields.TextOrNull(entity, "message") ?? message);

    static List<RuleEntity> OfRba(YamlFields fields, YamlMap rba)
    {
        var message = fields.Text(rba, "message");
        return [.. fields.Maps(rba, "risk_objects").Select(entity => Entity(fields, entity, message))];
    }

    static List<RuleEntity> OfTags(YamlFields fields, YamlMap tags)
    {
        var message = fields.Text(tags, "message");
        var score = fields.Number(tags, "risk_score");
        return
        [
            .. fields.Maps(tags, "observable").Where(observable => HasRole(fields, observable, "Victim"))
                .Select(observable => new RuleEntity(fields.Text(observable, "name"), EntityType(fields.Text(observable, "type")), score, message)),
        ];
    }

    static bool HasRole(YamlFields fields, YamlMap observable, string role) =>
        fields.Texts(observable, "role").Contains(role, StringComparer.OrdinalIgnoreCase);

    // contentctl's mapping of observable types to the types of risk objects.
    static string EntityType(string observable) => observable switch
    {
        "User" or "Username" or "User Name" or "Email Address" => "user",
        "Device" or "Endpoint" or "Hostname" or "Host" or "IP Address" => "system",
        _ => "other",
    };

    static string ThreatType(string observable) => observable.ToLowerInvariant().Replace(' ', '_');
}
