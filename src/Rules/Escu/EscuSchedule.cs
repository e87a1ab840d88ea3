using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>When a rule or a baseline is run, and how often it may alert, as a file of the collection says.</summary>
static class EscuSchedule
{
    /// <summary>The mapping that says it: `custom_schedule`, `deployment: {scheduling}`, or `scheduling`; null when the file has none.</summary>
    internal static RuleSchedule? Read(YamlFields fields, YamlMap map)
    {
        var deployment = fields.Map(map, "deployment");
        var holder = fields.Map(map, "custom_schedule") ?? (deployment is null ? null : fields.Map(deployment, "scheduling")) ?? fields.Map(map, "scheduling");
        return holder is null ? null : Of(fields, holder);
    }

    /// <summary>A file of `deployments/` or `schedules/`, which has it beneath `scheduling` or at the top.</summary>
    internal static RuleSchedule Shared(YamlFields fields, YamlMap map) => Of(fields, fields.Map(map, "scheduling") ?? map);

    /// <summary>`throttling: {fields, period}`, at the top or in `tags`; null when there is none, or when it cannot be used, which is a diagnostic.</summary>
    internal static RuleThrottle? Throttle(YamlFields fields, YamlMap map, YamlMap tags)
    {
        if ((map.Get("throttling") is null ? fields.Map(tags, "throttling") : fields.Map(map, "throttling")) is not { } throttling) return null;
        var by = fields.Texts(throttling, "fields");
        var period = fields.TextOrNull(throttling, "period");
        if (by.Count == 0) fields.Add(throttling.At, RuleErrors.MissingOf("throttling", "fields"));
        if (period is null) fields.Add(throttling.At, RuleErrors.MissingOf("throttling", "period"));
        if (by.Count == 0 || period is null) return null;
        if (RuleThrottle.Period(period) is { } seconds) return new RuleThrottle(by, seconds);
        fields.Add(throttling.Get("period")!.At, RuleErrors.WrongType("period", "a time (86400s, 90m, 24h)", $"`{period}`"));
        return null;
    }

    static RuleSchedule Of(YamlFields fields, YamlMap map) =>
        new(fields.TextOrNull(map, "cron_schedule"), fields.TextOrNull(map, "earliest_time"), fields.TextOrNull(map, "latest_time"));
}
