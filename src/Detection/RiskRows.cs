using System.Globalization;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;
using Karst.Rules.Analysis;

namespace Karst.Detection;

/// <summary>Findings as Splunk's events of index `risk`, with the names that the data model Risk.All_Risk reads.</summary>
public static class RiskRows
{
    static readonly Lazy<AttackTable> s_attack = new(() => AttackTable.ReadFolder(ShippedContent.Folder));

    /// <summary>A row for each finding that counts as risk, in order. Multivalue fields are multivalues.</summary>
    public static IReadOnlyList<ResultRow> Of(IEnumerable<Finding> findings) => [.. findings.Where(finding => finding.HasRisk).Select(Of)];

    static ResultRow Of(Finding finding)
    {
        var rule = finding.Rule;
        var fields = new List<KeyValuePair<string, Value>>();
        Add("_time", Value.FromNumber(finding.Time));
        Add("index", Text("risk"));
        Add("source", Text(rule.Name));
        Add("sourcetype", Text("stash"));
        Add("search_name", Text(rule.Name));
        Add("risk_object", Text(finding.Entity!.Value!));
        Add("risk_object_type", Text(finding.Entity.Type));
        Add("normalized_risk_object", Text(finding.Entity.Value!));
        Add("risk_score", Value.FromNumber(finding.Score));
        // Without risk factors, which only Enterprise Security has, the calculated score is the score.
        Add("calculated_risk_score", Value.FromNumber(finding.Score));
        Add("risk_message", Text(finding.Message));
        var threats = rule.ThreatObjects.Select(threat => (threat.Type, Value: finding.Row[threat.Field])).Where(threat => !threat.Value.IsNull).ToList();
        Add("threat_object", Many(threats.SelectMany(threat => Enumerable.Range(0, threat.Value.Count).Select(i => threat.Value[i].ToString()))));
        Add("threat_object_type", Many(threats.Select(threat => threat.Type)));
        Add("annotations.mitre_attack", Many(rule.AttackIds));
        Add("annotations.mitre_attack.mitre_technique_id", Many(rule.AttackIds));
        // Correlations count and group by tactics, which Enterprise Security looks up; the short names are its own (`privilege-escalation`).
        var tactics = s_attack.Value.TacticsOf(rule.AttackIds);
        Add("annotations.mitre_attack.mitre_tactic", Many(tactics.Select(tactic => tactic.ShortName)));
        Add("annotations.mitre_attack.mitre_tactic_id", Many(tactics.Select(tactic => tactic.Id)));
        Add("annotations._all", Many(rule.AttackIds.Concat(rule.Stories)));
        Add("analyticstories", Many(rule.Stories));
        Add("orig_time", Value.FromNumber(finding.Time));
        Add("info_min_time", Text(Epoch(finding.Window.Earliest)));
        Add("info_max_time", Text(Epoch(finding.Window.Latest)));
        Add("info_search_time", Value.FromNumber(finding.Window.Now));
        return new ResultRow(fields);

        void Add(string name, Value value)
        {
            if (!value.IsNull) fields.Add(new(name, value));
        }
    }

    /// <summary>An epoch as Splunk's info fields have it: all time ends at `+Infinity`.</summary>
    internal static string Epoch(double time) =>
        double.IsPositiveInfinity(time) ? "+Infinity" : time.ToString("0.######", CultureInfo.InvariantCulture);

    static Value Text(string text) => Value.FromText(text);

    static Value Many(IEnumerable<string> texts) => Value.FromMany(texts.Distinct(StringComparer.Ordinal).Select(Text).ToArray());
}
