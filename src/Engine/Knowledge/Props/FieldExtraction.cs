using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;

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
    internal virtual void Extract(Value text, RunContext run, FoundFields found) => Extract(text.ToString(), run, found);

    /// <summary>The same for a text of characters.</summary>
    protected abstract void Extract(string text, RunContext run, FoundFields found);

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

    readonly bool _isPlain = Pattern.Bytes is not null
        && Pattern.Names.All(group => !group.Name.StartsWith("_KEY_", StringComparison.Ordinal) && !group.Name.StartsWith("_VAL_", StringComparison.Ordinal))
        && Format.All(pair => IsGroup(pair.Value, Pattern) && (!pair.Name.Contains('$', StringComparison.Ordinal) || IsGroup(pair.Name, Pattern)));

    // The groups that name and hold each field of FORMAT; -1 for a name that is given.
    readonly (int Name, int Value)[] _groups = [.. Format.Select(pair => (MatchTemplate.GroupOf(pair.Name), MatchTemplate.GroupOf(pair.Value)))];

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

    static bool IsGroup(string template, PcreRegex pattern) => MatchTemplate.GroupOf(template) is >= 0 and var group && group <= pattern.GroupCount;

    internal override void Extract(Value text, RunContext run, FoundFields found)
    {
        if (!_isPlain || !text.IsText || !TryExtract(text, found)) Extract(text.ToString(), run, found);
    }

    // All that is given is a group of the match, and the name is known, or a group too.
    bool TryExtract(Value text, FoundFields found)
    {
        var pattern = Pattern.Bytes!;
        var bytes = text.Utf8;
        Span<int> groups = stackalloc int[2 * (pattern.GroupCount + 1)];
        found.Mark();
        for (int at = 0, count = 0; count < (Repeats ? MostMatches : 1); count++)
        {
            if (pattern.Find(bytes, at, groups) is not { } isFound)
            {
                found.Undo();
                return false;
            }
            if (!isFound) break;
            at = groups[1];
            foreach (var (name, number) in Pattern.Names)
                if (groups[2 * number] >= 0) found.Add(name, text.Slice(groups[2 * number], groups[(2 * number) + 1]));
            for (var i = 0; i < _groups.Length; i++)
            {
                var (name, value) = _groups[i];
                var held = groups[2 * value] < 0 ? Value.Null : text.Slice(groups[2 * value], groups[(2 * value) + 1]);
                if (name < 0) found.Add(Format[i].Name, held);
                else if (groups[2 * name] >= 0) found.Add(bytes[groups[2 * name]..groups[(2 * name) + 1]], held, CleanKeys);
            }
        }
        return true;
    }

    protected override void Extract(string text, RunContext run, FoundFields found)
    {
        foreach (var match in Pattern.Matches(text, run, Repeats ? MostMatches : 1))
        {
            foreach (var (name, number) in Pattern.Names)
            {
                if (name.StartsWith("_VAL_", StringComparison.Ordinal) || match.Groups[number] is not { Success: true } group) continue;
                if (!name.StartsWith("_KEY_", StringComparison.Ordinal)) found.Add(name, group.Value);
                else if (Pattern.Names.FirstOrDefault(other => other.Name == "_VAL_" + name[5..]) is { Number: > 0 } value)
                    found.Add(Clean(group.Value), match.Groups[value.Number].Value);
            }
            foreach (var (name, value) in Format)
            {
                var field = MatchTemplate.Fill(name, match);
                if (name.Contains('$', StringComparison.Ordinal)) field = Clean(field);
                found.Add(field, MatchTemplate.Fill(value, match));
            }
        }
    }
}

/// <summary>A transform with DELIMS: columns named by FIELDS, or `name=value` pairs.</summary>
sealed record DelimitedExtraction(string Class, string Source, string Delimiters, string? KeyDelimiters, IReadOnlyList<string> Names) : FieldExtraction(Class, Source)
{
    internal override IReadOnlyList<string>? Fields => Names.Count > 0 ? Names : null;

    protected override void Extract(string text, RunContext run, FoundFields found)
    {
        foreach (var (name, value) in Pairs(text)) found.Add(name, value);
    }

    /// <summary>Each name and value of a text, in order.</summary>
    internal IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        var index = 0;
        foreach (var part in Split(text))
        {
            if (Names.Count > 0)
            {
                if (index >= Names.Count) yield break;
                if (part.Length > 0) yield return (Names[index], Unquote(part));
                index++;
                continue;
            }
            var at = part.AsSpan().IndexOfAny(KeyDelimiters);
            if (at > 0 && at + 1 < part.Length) yield return (Clean(part[..at].Trim()), Unquote(part[(at + 1)..].Trim()));
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
