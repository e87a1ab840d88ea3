using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Regexes;
using Karst.Engine.Running;

namespace Karst.Engine.Knowledge.Props;

/// <summary>One extraction: from a text it finds names and values.</summary>
abstract record FieldExtraction(string Class, string Source)
{
    /// <summary>A field that is there already becomes multivalue; else the new value is left out, as MV_ADD=false has it.</summary>
    internal bool AddsValues { get; init; }

    /// <summary>Names that come out of the text are cleaned.</summary>
    internal bool CleanKeys { get; init; } = true;

    /// <summary>The fields that can come out; null when the text itself names them.</summary>
    internal abstract IReadOnlyList<string>? Fields { get; }

    /// <summary>Gives each name and value found.</summary>
    internal abstract void Extract(string text, RunContext run, Action<string, string> found);

    /// <summary>A name that comes out of the text as the field's name.</summary>
    protected string Clean(string name) => CleanKeys ? CleanKey(name) : name;

    /// <summary>CLEAN_KEYS: what is neither letter, digit nor underscore becomes an underscore; leading underscores and digits go.</summary>
    internal static string CleanKey(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var character in name) clean.Append(char.IsAsciiLetterOrDigit(character) || character == '_' ? character : '_');
        var text = clean.ToString().TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return text;
    }
}

/// <summary>EXTRACT, or a transform with REGEX: named groups are fields, and FORMAT makes others of the groups.</summary>
sealed record RegexExtraction(string Class, string Source, PcreRegex Pattern, IReadOnlyList<(string Name, string Value)> Format) : FieldExtraction(Class, Source)
{
    const int MostMatches = 10_000;

    /// <summary>The pattern is matched again behind each match; EXTRACT matches once.</summary>
    internal bool Repeats { get; init; }

    internal override IReadOnlyList<string>? Fields
    {
        get
        {
            if (Format.Any(pair => pair.Name.Contains('$', StringComparison.Ordinal))) return null;
            if (Pattern.Names.Any(group => group.Name.StartsWith("_KEY_", StringComparison.Ordinal))) return null;
            return [.. Pattern.Names.Concat(Format.Select(pair => (pair.Name, 0))).Select(pair => pair.Name).Distinct()];
        }
    }

    internal override void Extract(string text, RunContext run, Action<string, string> found)
    {
        foreach (var match in Pattern.Matches(text, run, Repeats ? MostMatches : 1))
        {
            foreach (var (name, number) in Pattern.Names)
            {
                if (name.StartsWith("_VAL_", StringComparison.Ordinal) || match.Groups[number] is not { Success: true } group) continue;
                if (!name.StartsWith("_KEY_", StringComparison.Ordinal)) found(name, group.Value);
                else if (Pattern.Names.FirstOrDefault(other => other.Name == "_VAL_" + name[5..]) is { Number: > 0 } value)
                    found(Clean(group.Value), match.Groups[value.Number].Value);
            }
            foreach (var (name, value) in Format)
            {
                var field = MatchTemplate.Fill(name, match);
                if (name.Contains('$', StringComparison.Ordinal)) field = Clean(field);
                found(field, MatchTemplate.Fill(value, match));
            }
        }
    }
}

/// <summary>A transform with DELIMS: columns named by FIELDS, or `name=value` pairs.</summary>
sealed record DelimitedExtraction(string Class, string Source, string Delimiters, string? KeyDelimiters, IReadOnlyList<string> Names) : FieldExtraction(Class, Source)
{
    internal override IReadOnlyList<string>? Fields => Names.Count > 0 ? Names : null;

    internal override void Extract(string text, RunContext run, Action<string, string> found)
    {
        var index = 0;
        foreach (var part in Split(text))
        {
            if (Names.Count > 0)
            {
                if (index >= Names.Count) return;
                if (part.Length > 0) found(Names[index], Unquote(part));
                index++;
                continue;
            }
            var at = part.AsSpan().IndexOfAny(KeyDelimiters);
            if (at > 0 && at + 1 < part.Length) found(Clean(part[..at].Trim()), Unquote(part[(at + 1)..].Trim()));
        }
    }

    IEnumerable<string> Split(string text)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
            if (i < text.Length && (quoted || !Delimiters.Contains(text[i], StringComparison.Ordinal))) continue;
            yield return text[start..i];
            start = i + 1;
        }
    }

    static string Unquote(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
}
