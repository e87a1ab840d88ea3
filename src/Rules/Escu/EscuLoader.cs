using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>Reads a detection of Splunk's public rule collection, in any of its three generations, into a <see cref="Rule"/>.</summary>
public static class EscuLoader
{
    const long MaxBytes = 4 << 20;

    /// <summary>Reads a file. Null with a diagnostic when it cannot be used; null without one when it is no detection and was not named itself.</summary>
    public static Rule? LoadFile(string path, bool named, List<RuleDiagnostic> diagnostics, List<ListedRule>? listed = null)
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                diagnostics.Add(new RuleDiagnostic(path, new FilePlace(1, 1), RuleErrors.TooLarge("bytes", MaxBytes)));
                return null;
            }
            text = RuleText.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(new RuleDiagnostic(path, new FilePlace(1, 1), RuleErrors.Unreadable(error.Message)));
            return null;
        }
        return Load(path, text, named, diagnostics, listed);
    }

    /// <summary>
    /// Reads a text as the file <paramref name="path"/>; see <see cref="LoadFile"/>. What is a rule all the same, of another platform or without what it needs, goes to <paramref name="listed"/>.
    /// </summary>
    public static Rule? Load(string path, string text, bool named, List<RuleDiagnostic> diagnostics, List<ListedRule>? listed = null)
    {
        var found = new List<RuleDiagnostic>();
        var root = YamlReader.Read(path, text, found);
        if (found.Exists(diagnostic => diagnostic.IsError))
        {
            diagnostics.AddRange(found);
            return null;
        }
        if (EscuShape.Other(root) is { } other)
        {
            if (listed is not null && root is YamlMap foreign && ListedRules.PlatformOf(foreign) is { } platform) listed.Add(ListedRules.Read(path, text, foreign, platform));
            else if (named) diagnostics.Add(new RuleDiagnostic(path, new FilePlace(1, 1), RuleErrors.NoRule(other)));
            return null;
        }
        var map = (YamlMap)root!;
        var rule = new EscuReader(path, text, map, found).Read();
        var name = map.Get("name") is YamlScalar scalar ? scalar.Value : "";
        foreach (var diagnostic in found) diagnostics.Add(diagnostic with { Rule = name });
        if (!found.Exists(diagnostic => diagnostic.IsError)) return rule;
        listed?.Add(ListedRules.Read(path, text, map, "splunk"));
        return null;
    }
}
