using System.Globalization;
using Karst.App.Explaining;
using Karst.Detection;

namespace Karst.App.Findings;

/// <summary>A finding as a person reads it; equal ones differ in nothing but their times.</summary>
sealed record FindingLine(string Rule, string Kind, double Score, string Who, string What, string Where, string Techniques, double First, double Last)
{
    /// <summary>What speaks for a false alarm; empty when the rule does not say.</summary>
    public string RuleOut { get; init; } = "";

    /// <summary>A command line that shows more.</summary>
    public string Next { get; init; } = "";

    static readonly (string Field, string Word)[] s_places =
    [
        ("src", "from "), ("src_ip", "from "), ("dest", "at "), ("host", "host "), ("vendor_account", "account "), ("vendor_region", ""),
    ];

    /// <summary>A finding's line; <paramref name="paths"/> is where the events were read, for the command line.</summary>
    public static FindingLine Of(Finding finding, string paths)
    {
        var rule = finding.Rule;
        return new FindingLine(
            rule.Name,
            FindingJson.KindOf(finding.Kind),
            finding.Score,
            finding.Entity is { } entity ? $"{entity.Type} {entity.Value ?? "(not said)"}" : "(no entity)",
            finding.Message.Length > 0 ? finding.Message : FirstSentence(rule.Description),
            PlaceOf(finding),
            string.Join(' ', rule.AttackIds),
            finding.First,
            finding.Last)
        {
            RuleOut = FirstSentence(rule.KnownFalsePositives),
            Next = $"karst explain {ShellWord(Shipped.NameOf(rule.Path) ?? Shown(rule.Path))}{(paths.Length > 0 ? " " + paths : "")}",
        };
    }

    /// <summary>A word as a shell takes it.</summary>
    public static string ShellWord(string word) =>
        word.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or ':' or '=' or ',' or '+')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    static string PlaceOf(Finding finding)
    {
        var parts = new List<string>();
        foreach (var (field, word) in s_places)
        {
            var value = finding.Row[field];
            if (value.IsNull || field == finding.Entity?.Field) continue;
            var text = word + value[0] + (value.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {value.Count - 1} more") : "");
            if (!parts.Contains(text)) parts.Add(text);
        }
        return string.Join(", ", parts);
    }

    static string Shown(string path)
    {
        var relative = Path.GetRelativePath(".", path);
        return relative.Length < path.Length ? relative : path;
    }

    static string FirstSentence(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        return end > 0 ? line[..(end + 1)] : line;
    }
}
