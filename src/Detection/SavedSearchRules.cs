using System.Globalization;
using System.Text.Json;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;

namespace Karst.Detection;

/// <summary>
/// The alerts of an app's savedsearches.conf as rules: correlation searches of Enterprise Security, searches with a risk or a notable action, and scheduled alerts. Reports and the searches
/// that fill lookups are none. Disabled ones are read, since collections are shipped that way.
/// </summary>
public sealed class SavedSearchRules(AppFolder app, List<RuleDiagnostic> diagnostics)
{
    const string Notable = "action.notable";
    const string Risk = "action.risk";
    const string Correlation = "action.correlationsearch";

    readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>The rules, in the order of their stanzas; what cannot be read of one is a diagnostic.</summary>
    public IReadOnlyList<Rule> Read()
    {
        var conf = app.Conf("savedsearches");
        var rules = new List<Rule>();
        foreach (var head in conf.Stanzas)
        {
            if (head.Name == "default") continue;
            var stanza = new ConfStanza(head.Name, head.File, head.Line);
            if (conf.Find("default") is { } defaults) stanza.Lay(defaults);
            stanza.Lay(head);
            if (IsAlert(stanza)) rules.Add(Rule(stanza));
        }
        return rules;
    }

    static bool IsAlert(ConfStanza stanza)
    {
        if (stanza["search"] is not { Length: > 0 }) return false;
        if (stanza.Settings.Any(static setting => setting.Name.EndsWith(".search_type", StringComparison.Ordinal) && setting.Value is "support" or "investigative" or "investigation")) return false;
        if (Flag(stanza, Correlation + ".enabled") || Flag(stanza, Risk) || Flag(stanza, Notable)) return true;
        var isScheduled = Flag(stanza, "enableSched") || Flag(stanza, "is_scheduled");
        return isScheduled && (Flag(stanza, "alert.track") || stanza["alert_condition"] is { Length: > 0 } || stanza["counttype"] is { Length: > 0 } and not "always");
    }

    Rule Rule(ConfStanza stanza)
    {
        var search = stanza.Find("search")!;
        var name = stanza[Correlation + ".label"] is { Length: > 0 } label ? label : stanza.Name;
        var isNotable = Flag(stanza, Notable);
        var entities = Entities(stanza, name, out var threats);
        var type = isNotable ? RuleType.Ttp : entities.Count > 0 ? RuleType.Anomaly : RuleType.Hunting;
        // As in collections: the finding is about the first user, else the first of all.
        var first = type == RuleType.Ttp ? entities.Find(static entity => entity.Type == "user") ?? entities.FirstOrDefault() : null;
        var title = stanza[Notable + ".param.rule_title"] is { Length: > 0 } text ? text : first?.Message ?? name;
        var annotations = Json(stanza, Correlation + ".annotations", name);
        return new Rule
        {
            Path = search.File,
            Name = name,
            Status = name.Contains(" - Deprecated - ", StringComparison.OrdinalIgnoreCase) ? RuleStatus.Deprecated : RuleStatus.Production,
            Type = type,
            Description = stanza["description"] ?? "",
            HowToImplement = OfAction(stanza, "how_to_implement"),
            KnownFalsePositives = OfAction(stanza, "known_false_positives"),
            CreationDate = OfAction(stanza, "creation_date"),
            ModificationDate = OfAction(stanza, "modification_date"),
            Search = search.Value,
            SearchMap = TextMap.OfSetting(TextOf(search.File), search.Line, search.Value),
            Finding = first is null ? null : new RuleFinding(title, first),
            IntermediateFindings = [.. entities.Where(entity => !ReferenceEquals(entity, first))],
            ThreatObjects = threats,
            Drilldowns = [.. Items(Json(stanza, Notable + ".param.drilldown_searches", name)).Select(Drilldown)],
            AttackIds = Texts(annotations, "mitre_attack"),
            Stories = Texts(annotations, "analytic_story"),
            Cves = Texts(annotations, "cve"),
            SecurityDomain = stanza[Notable + ".param.security_domain"] ?? "",
            Category = app.Name,
            Schedule = new RuleSchedule(Set(stanza, "cron_schedule"), Set(stanza, "dispatch.earliest_time"), Set(stanza, "dispatch.latest_time")),
            Throttle = Throttle(stanza, name),
            Trigger = Trigger(stanza, name),
            Places = stanza.Settings.Where(setting => setting.File == search.File).ToDictionary(static setting => setting.Name, static setting => new FilePlace(setting.Line, 1), StringComparer.Ordinal),
        };
    }

    // The newer form is a list; the older one names one object in three settings.
    List<RuleEntity> Entities(ConfStanza stanza, string rule, out List<RuleThreatObject> threats)
    {
        var entities = new List<RuleEntity>();
        threats = [];
        if (!Flag(stanza, Risk)) return entities;
        const string Param = Risk + ".param.";
        var message = stanza[Param + "_risk_message"] ?? "";
        foreach (var item in Items(Json(stanza, Param + "_risk", rule)))
        {
            if (Text(item, "risk_object_field") is { Length: > 0 } field) entities.Add(new RuleEntity(field, Text(item, "risk_object_type") ?? "other", Number(Text(item, "risk_score")), message));
            if (Text(item, "threat_object_field") is { Length: > 0 } threat) threats.Add(new RuleThreatObject(threat, Text(item, "threat_object_type") ?? ""));
        }
        if (stanza[Param + "_risk_object"] is { Length: > 0 } one)
            entities.Add(new RuleEntity(one, stanza[Param + "_risk_object_type"] ?? "other", Number(stanza[Param + "_risk_score"]), message));
        return entities;
    }

    RuleThrottle? Throttle(ConfStanza stanza, string rule)
    {
        if (!Flag(stanza, "alert.suppress")) return null;
        var fields = (stanza["alert.suppress.fields"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (stanza.Find("alert.suppress.period") is not { } period) return null;
        if (RuleThrottle.Period(period.Value) is { } seconds) return new RuleThrottle(fields, seconds);
        Warn(period, rule, $"`{period.Value}` is no time such as 86400s or 24h; nothing is throttled");
        return null;
    }

    RuleTrigger? Trigger(ConfStanza stanza, string rule)
    {
        if (stanza.Find("alert_condition") is { Value.Length: > 0 } condition)
        {
            Warn(condition, rule, "a condition of its own is not honoured; each row is a finding");
            return null;
        }
        if (stanza.Find("counttype") is not { Value.Length: > 0 } counted || counted.Value == "always") return null;
        var relation = stanza["relation"] ?? "greater than";
        if (counted.Value == "number of events" && RuleTrigger.Relations.Contains(relation) && int.TryParse(stanza["quantity"] ?? "0", CultureInfo.InvariantCulture, out var quantity))
            return new RuleTrigger(relation, quantity);
        Warn(counted, rule, $"`{counted.Value} {relation} {stanza["quantity"]}` is not honoured; each row is a finding");
        return null;
    }

    static RuleDrilldown Drilldown(JsonElement item) =>
        new(Text(item, "name") ?? "", Text(item, "search") ?? "", Text(item, "earliest_offset") ?? Text(item, "earliest"), Text(item, "latest_offset") ?? Text(item, "latest"));

    // Collections write what they know of a rule into settings of an action of their own (`action.escu.how_to_implement`).
    static string OfAction(ConfStanza stanza, string name) =>
        stanza.Settings.FirstOrDefault(setting => setting.Name.StartsWith("action.", StringComparison.Ordinal) && setting.Name.EndsWith("." + name, StringComparison.Ordinal))?.Value ?? "";

    JsonElement? Json(ConfStanza stanza, string setting, string rule)
    {
        if (stanza.Find(setting) is not { Value.Length: > 0 } text) return null;
        try
        {
            using var document = JsonDocument.Parse(text.Value);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            Warn(text, rule, $"it is no JSON (character {(error.BytePositionInLine ?? 0) + 1})");
            return null;
        }
    }

    void Warn(ConfSetting setting, string rule, string message) =>
        diagnostics.Add(RuleDiagnostic.Ignored(setting.File, new FilePlace(setting.Line, 1), rule, setting.Name, message));

    string TextOf(string file)
    {
        if (!_texts.TryGetValue(file, out var text)) _texts[file] = text = File.ReadAllText(file);
        return text;
    }

    static bool Flag(ConfStanza stanza, string name) => stanza.Find(name) is { IsTrue: true };

    static string? Set(ConfStanza stanza, string name) => stanza[name] is { Length: > 0 } text ? text : null;

    static IEnumerable<JsonElement> Items(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object) : [];

    static IReadOnlyList<string> Texts(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)]
            : [];

    static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;

    static double Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : 0;
}
