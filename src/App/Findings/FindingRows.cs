using Karst.Detection;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>Findings as rows, for CSV: what is said of the finding, then the fields of its row as `field.NAME`.</summary>
static class FindingRows
{
    /// <summary>A row a finding.</summary>
    public static Batch Of(IReadOnlyList<Finding> findings)
    {
        var rows = new RowBuilder();
        foreach (var finding in findings)
        {
            rows.Set("_time", Value.FromNumber(finding.Time));
            rows.Set("rule", Text(finding.Rule.Name));
            rows.Set("rule_id", Text(finding.Rule.Id));
            rows.Set("kind", Text(FindingJson.KindOf(finding.Kind)));
            rows.Set("level", Text(RiskLevel.Of(finding.Score)));
            rows.Set("score", Value.FromNumber(finding.Score));
            rows.Set("entity_type", Text(finding.Entity?.Type));
            rows.Set("entity", Text(finding.Entity?.Value));
            rows.Set("message", Text(finding.Message));
            rows.Set("mitre", Many(finding.Rule.AttackIds));
            rows.Set("stories", Many(finding.Rule.Stories));
            foreach (var (name, value) in finding.Row.Fields) rows.Set("field." + name, value);
            rows.Next();
        }
        return rows.Take();
    }

    static Value Text(string? text) => text is null ? Value.Null : Value.FromText(text);

    /// <summary>Texts as one multivalue.</summary>
    internal static Value Many(IEnumerable<string> texts) => Value.FromMany(texts.Select(Value.FromText).ToArray());
}
