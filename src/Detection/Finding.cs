using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>What a hit means: a finding, a contribution to risk, or (hunting) a hit without risk.</summary>
public enum FindingKind { Finding, IntermediateFinding, Hit }

/// <summary>Who or what a finding is about. The value is null when the row did not say.</summary>
public sealed record FindingEntity(string Field, string Type, string? Value);

/// <summary>One finding: a rule, a result row, one of the entities that it names. Time in epoch seconds.</summary>
public sealed record Finding(Rule Rule, FindingKind Kind, double Time, FindingEntity? Entity, double Score, string Message, ResultRow Row, SearchWindow Window)
{
    /// <summary>When what it is about began: the row's `firstTime`, or its time. Epoch seconds.</summary>
    public double First { get; init; } = Time;

    /// <summary>When that ended: the row's `lastTime`, or the beginning. Epoch seconds.</summary>
    public double Last { get; init; } = Time;

    /// <summary>The rows of its drill-downs, where they were run.</summary>
    public IReadOnlyList<DrilldownRows> Drilldowns { get; init; } = [];

    /// <summary>It counts as risk.</summary>
    public bool HasRisk => Kind != FindingKind.Hit && Entity?.Value is not null;
}

/// <summary>What a drill-down gave: rows, or why it could not run.</summary>
public sealed record DrilldownRows(string Name, string Search, IReadOnlyList<ResultRow> Rows, string? Problem = null);

/// <summary>Result rows to findings: one for each entity and row, and for each value of a multivalue entity.</summary>
public static class FindingMaker
{
    /// <summary>The findings of one row. A row that names none of the rule's entities still gives one, without a value, so that no hit is lost.</summary>
    public static IReadOnlyList<Finding> Of(Rule rule, ResultRow row, SearchWindow window) => Of(rule, row, window, TimeZoneInfo.Utc);

    /// <summary>As the other; times that are texts without a zone are of this one.</summary>
    public static IReadOnlyList<Finding> Of(Rule rule, ResultRow row, SearchWindow window, TimeZoneInfo zone)
    {
        var time = TimeOf(row, window);
        // Rules end in firstTime and lastTime, made readable; the finding's own time is the window's end where a row has none.
        var first = Moment(row["firstTime"], zone) ?? time;
        var last = Math.Max(first, Moment(row["lastTime"], zone) ?? first);
        return [.. Of(rule, row, window, time).Select(finding => finding with { First = first, Last = last })];
    }

    static IReadOnlyList<Finding> Of(Rule rule, ResultRow row, SearchWindow window, double time)
    {
        if (rule.Type == RuleType.Hunting)
            return [new Finding(rule, FindingKind.Hit, time, null, 0, "", row, window)];
        var found = new List<Finding>();
        foreach (var (entity, kind) in EntitiesOf(rule))
        {
            var value = row[entity.Field];
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < value.Count; i++)
                if (seen.Add(value[i].ToString())) found.Add(Make(entity, kind, value[i].ToString()));
        }
        if (found.Count > 0) return found;
        var (first, firstKind) = EntitiesOf(rule).FirstOrDefault();
        return
        [
            first is null
                ? new Finding(rule, rule.Type == RuleType.Anomaly ? FindingKind.IntermediateFinding : FindingKind.Finding, time, null, 0, "", row, window)
                : Make(first, firstKind, null),
        ];

        Finding Make(RuleEntity entity, FindingKind kind, string? value) =>
            new(rule, kind, time, new FindingEntity(entity.Field, entity.Type, value), entity.Score, FillMessage(entity.Message, row), row, window);
    }

    /// <summary>
    /// Fills `$field$` with the row's value. A token whose field the row lacks stays, as contentctl's integration test expects of a failure.
    /// Several values are joined by `, `: Splunk's documentation does not say what it does.
    /// </summary>
    public static string FillMessage(string message, ResultRow row) =>
        Template.Fill(message, (field, _) => row[field] is { IsNull: false } value ? string.Join(", ", Enumerable.Range(0, value.Count).Select(i => value[i].ToString())) : null);

    // The type decides, whatever the file's form: an anomaly gives intermediate findings only, a correlation the finding only.
    static IEnumerable<(RuleEntity Entity, FindingKind Kind)> EntitiesOf(Rule rule)
    {
        if (rule.Finding is { } finding) yield return (finding.Entity, rule.Type == RuleType.Anomaly ? FindingKind.IntermediateFinding : FindingKind.Finding);
        if (rule.Type == RuleType.Correlation && rule.Finding is not null) yield break;
        foreach (var entity in rule.IntermediateFindings) yield return (entity, rule.Type == RuleType.Correlation ? FindingKind.Finding : FindingKind.IntermediateFinding);
    }

    static double? Moment(Value value, TimeZoneInfo zone) =>
        value.TryNumber(out var number) ? number : value.IsText && EventTime.TryParse(value.Utf8, zone, out var epoch) ? epoch : null;

    static double TimeOf(ResultRow row, SearchWindow window)
    {
        if (row["_time"] is { IsMultivalue: false } time && time.TryNumber(out var epoch)) return epoch;
        return double.IsFinite(window.Latest) ? window.Latest : window.Now;
    }
}
