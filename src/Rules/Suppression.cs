using System.Globalization;
using Karst.Rules.Yaml;

namespace Karst.Rules;

/// <summary>
/// An entry of a suppression list: findings of the rule (its name or id, with `*` for any characters) for which the filter holds are left out, up to and with a day (UTC),
/// for a reason. An empty filter holds for all.
/// </summary>
public sealed record Suppression(string Rule, string Where, DateOnly? Until, string Reason, string Path, FilePlace At);

/// <summary>Reads a suppression list: a YAML list of mappings with `rule`, `reason` and, where wanted, `where` and `until`.</summary>
public static class SuppressionFile
{
    static readonly string[] s_keys = ["rule", "where", "until", "reason"];

    /// <summary>The entries that can be used; what is wrong with the others is a diagnostic each.</summary>
    public static IReadOnlyList<Suppression> Read(string path, List<RuleDiagnostic> diagnostics)
    {
        string text;
        try
        {
            text = RuleText.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new RuleDiagnostic(path, new FilePlace(1, 1), RuleErrors.Unreadable(error.Message)));
            return [];
        }
        var fields = new YamlFields(path, diagnostics);
        switch (YamlReader.Read(path, text, diagnostics))
        {
            case null:
                return [];
            case YamlList list:
                return [.. list.Items.Select(item => Entry(path, item, fields)).OfType<Suppression>()];
            case var other:
                fields.Add(other.At, RuleErrors.WrongType("a suppression list", "a list of mappings", other.Kind));
                return [];
        }
    }

    static Suppression? Entry(string path, YamlNode node, YamlFields fields)
    {
        if (node is not YamlMap map)
        {
            fields.Add(node.At, RuleErrors.WrongType("a suppression list", "a list of mappings", node.Kind));
            return null;
        }
        foreach (var (key, at, _) in map.Entries)
            if (!s_keys.Contains(key)) fields.Add(at, RuleErrors.Unknown("key of a suppression", key, string.Join(", ", s_keys)));
        var isWhole = map.Entries.All(entry => s_keys.Contains(entry.Key));
        foreach (var key in (string[])["rule", "reason"])
        {
            if (fields.TextOrNull(map, key) is { Length: > 0 }) continue;
            fields.Add(map.At, RuleErrors.MissingOf("a suppression", key));
            isWhole = false;
        }
        DateOnly? until = null;
        if (fields.TextOrNull(map, "until") is { Length: > 0 } date)
        {
            if (DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) until = day;
            else
            {
                fields.Add(map.Get("until")!.At, RuleErrors.WrongType("until", "a day (2026-12-31)", $"`{date}`"));
                isWhole = false;
            }
        }
        return isWhole ? new Suppression(fields.Text(map, "rule"), fields.Text(map, "where"), until, fields.Text(map, "reason"), path, map.At) : null;
    }
}
