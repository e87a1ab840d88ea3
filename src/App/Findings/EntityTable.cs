using System.Globalization;
using System.Text;
using Karst.App.Output;
using Karst.Detection;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>Entities and their risk for people: who, how much, when, by which rules.</summary>
sealed class EntityTable(Style style, TimeZoneInfo zone, int width)
{
    const int MostRules = 5;

    /// <summary>The table as text.</summary>
    public string Print(IReadOnlyList<EntityRisk> entities)
    {
        var text = new StringBuilder();
        foreach (var entity in entities)
        {
            text.Append(style.Bold($"{SafeText.Of(entity.Type)} {Short(entity.Value, 60)}")).Append(CultureInfo.InvariantCulture, $"  risk {entity.Score:0.##}");
            text.Append(style.Dim($"  {Amount.Of(entity.Findings, "finding")} by {Amount.Of(entity.Rules.Count, "rule")}, {FindingTable.Moment(entity.First, zone)} to {FindingTable.Moment(entity.Last, zone)}")).Append('\n');
            if (entity.Techniques.Count > 0) text.Append(style.Dim("  " + Short($"{string.Join(' ', entity.Techniques)}  ({string.Join(", ", entity.Tactics)})", width - 2))).Append('\n');
            foreach (var (rule, score, findings) in entity.Rules.Take(MostRules))
                text.Append(CultureInfo.InvariantCulture, $"  {score,7:0.##}  {Short(rule, width - 20)}").Append(findings > 1 ? style.Bold($"  x{Amount.Count(findings)}") : "").Append('\n');
            if (entity.Rules.Count > MostRules) text.Append(style.Dim($"           and {Amount.Count(entity.Rules.Count - MostRules)} more\n"));
            text.Append('\n');
        }
        return text.ToString();
    }

    static string Short(string text, int length)
    {
        var safe = SafeText.Of(text);
        return safe.Length <= length ? safe : safe[..Math.Max(1, length - 1)] + "\u2026";
    }
}
