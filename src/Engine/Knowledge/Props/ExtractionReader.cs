using System.Text.RegularExpressions;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Regexes;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Props;

/// <summary>EXTRACT- and REPORT- settings to extractions; what cannot be read is told with its place.</summary>
sealed class ExtractionReader(ConfFile transforms, KnowledgeProblems problems)
{
    static readonly Regex s_inField = new(@"\s+in\s+(\w[\w.{}:-]*)\s*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>All extractions of a sourcetype: EXTRACT by class, then REPORT by class.</summary>
    internal IReadOnlyList<FieldExtraction> Read(ConfStanza props)
    {
        var all = new List<FieldExtraction>();
        foreach (var setting in PropsSettings.OfClass(props, "EXTRACT-"))
            if (Extract(setting) is { } extraction) all.Add(extraction);
        foreach (var setting in PropsSettings.OfClass(props, "REPORT-"))
            foreach (var name in setting.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (transforms.Find(name) is not { } stanza) problems.Add(setting, $"transforms.conf has no stanza [{name}]");
                else if (Transform(stanza) is { } extraction) all.Add(extraction);
            }
        return all;
    }

    FieldExtraction? Extract(ConfSetting setting)
    {
        var pattern = setting.Value;
        var source = "_raw";
        if (s_inField.Match(pattern) is { Success: true } match)
        {
            source = match.Groups[1].Value;
            pattern = pattern[..match.Index];
        }
        return Compile(pattern, setting) is { } regex ? new RegexExtraction(setting.Name, source, regex, []) : null;
    }

    FieldExtraction? Transform(ConfStanza stanza)
    {
        var source = stanza["SOURCE_KEY"] is { Length: > 0 } key ? key == "_raw" ? "_raw" : key.StartsWith("field:", StringComparison.Ordinal) ? key[6..] : key : "_raw";
        var adds = stanza.Find("MV_ADD")?.IsTrue ?? false;
        if (stanza.Find("DELIMS") is { Value.Length: > 0 } delimiters) return Delimited(stanza, delimiters, source, adds);
        if (stanza.Find("REGEX") is not { Value.Length: > 0 } pattern)
        {
            problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}] has neither REGEX nor DELIMS");
            return null;
        }
        return Compile(pattern.Value, pattern) is { } regex
            ? new RegexExtraction(stanza.Name, source, regex, Format(stanza))
            {
                AddsValues = adds,
                CleanKeys = stanza.Find("CLEAN_KEYS")?.IsTrue ?? true,
                Repeats = true,
            }
            : null;
    }

    DelimitedExtraction? Delimited(ConfStanza stanza, ConfSetting setting, string source, bool adds)
    {
        var quoted = Quoted(setting.Value);
        var names = stanza["FIELDS"] is { } fields ? Names(fields) : [];
        if (quoted.Count == 0 || (names.Count == 0 && quoted.Count < 2))
        {
            problems.Add(setting, "needs quoted delimiters: one with FIELDS, two for names and values");
            return null;
        }
        return new DelimitedExtraction(stanza.Name, source, quoted[0], quoted.Count > 1 ? quoted[1] : null, names) { AddsValues = adds };
    }

    List<(string Name, string Value)> Format(ConfStanza stanza)
    {
        var pairs = new List<(string, string)>();
        if (stanza.Find("FORMAT") is not { } format) return pairs;
        foreach (var part in Words(format.Value))
        {
            var at = part.IndexOf("::", StringComparison.Ordinal);
            if (at > 0) pairs.Add((part[..at].Trim('"'), part[(at + 2)..].Trim('"')));
            else problems.Add(format, $"`{part}` is not `field::value`");
        }
        return pairs;
    }

    PcreRegex? Compile(string pattern, ConfSetting setting)
    {
        try
        {
            return PcreRegex.Compile(pattern, default);
        }
        catch (SplException error)
        {
            problems.Add(setting, error.Message);
            return null;
        }
    }

    static List<string> Quoted(string text)
    {
        var found = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '"') continue;
            var part = new System.Text.StringBuilder();
            for (i++; i < text.Length && text[i] != '"'; i++)
            {
                if (text[i] == '\\' && i + 1 < text.Length)
                {
                    i++;
                    part.Append(text[i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', var other => other });
                }
                else part.Append(text[i]);
            }
            found.Add(part.ToString());
        }
        return found;
    }

    static List<string> Names(string text) =>
        [.. (text.Contains(',', StringComparison.Ordinal) ? text.Split(',') : text.Split(' ')).Select(name => name.Trim().Trim('"')).Where(name => name.Length > 0)];

    static IEnumerable<string> Words(string text)
    {
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            var blank = i == text.Length || (char.IsWhiteSpace(text[i]) && !quoted);
            if (i < text.Length && text[i] == '"') quoted = !quoted;
            if (!blank && start < 0) start = i;
            if (!blank || start < 0) continue;
            yield return text[start..i];
            start = -1;
        }
    }
}
