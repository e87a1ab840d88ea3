using System.Globalization;
using System.Text;

namespace Karst.Detection;

/// <summary>Findings that say the same: of one rule, about one entity, with equal fields. Windows of a schedule that overlap make them, and logs that were given twice.</summary>
public static class EqualFindings
{
    /// <summary>The first of each kind, in order, and how many were left out.</summary>
    public static (List<Finding> Kept, int Left) Drop(List<Finding> findings)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = findings.Where(finding => seen.Add(KeyOf(finding))).ToList();
        return (kept, findings.Count - kept.Count);
    }

    static string KeyOf(Finding finding)
    {
        var key = new StringBuilder();
        Add(finding.Rule.Path);
        Add(finding.Rule.Name);
        Add(finding.Entity?.Field ?? "");
        Add(finding.Entity?.Type ?? "");
        Add(finding.Entity?.Value ?? "");
        foreach (var (name, value) in finding.Row.Fields.OrderBy(static field => field.Key, StringComparer.Ordinal))
        {
            Add(name);
            for (var i = 0; i < value.Count; i++) Add(value[i].ToString());
            key.Append(';');
        }
        return key.ToString();

        // The length parts texts that would run into one another.
        void Add(string text) => key.Append(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
    }
}
