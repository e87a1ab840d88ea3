using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>All apps' props.conf laid over one another, and which of its stanzas hold for an origin.</summary>
sealed class PropsStack
{
    const string SourcePrefix = "source::";
    const string HostPrefix = "host::";
    const string SourcetypePattern = "(?::){0}";

    readonly ConfFile _props;
    readonly KnowledgeProblems _problems;
    readonly List<Head> _patterns = [];
    readonly Dictionary<string, List<ConfStanza>> _sourcetypes = new(StringComparer.OrdinalIgnoreCase);

    internal PropsStack(ConfFile props, KnowledgeProblems problems)
    {
        _props = props;
        _problems = problems;
        foreach (var stanza in props.Stanzas)
        {
            if (stanza.Name.StartsWith(SourcePrefix, StringComparison.OrdinalIgnoreCase)) AddPattern(stanza, 3, SourcePrefix.Length);
            else if (stanza.Name.StartsWith(HostPrefix, StringComparison.OrdinalIgnoreCase)) AddPattern(stanza, 2, HostPrefix.Length);
            else if (stanza.Name.StartsWith(SourcetypePattern, StringComparison.Ordinal)) AddPattern(stanza, 1, SourcetypePattern.Length);
            else if (stanza.Name != "default")
            {
                if (!_sourcetypes.TryGetValue(stanza.Name, out var same)) _sourcetypes[stanza.Name] = same = [];
                same.Add(stanza);
            }
        }
    }

    /// <summary>The stanzas that hold, the weakest first: default, sourcetype, host, source; within one kind by priority, then by name.</summary>
    internal List<ConfStanza> Matching(EventOrigin origin)
    {
        var found = new List<Head>();
        if (_sourcetypes.TryGetValue(origin.Sourcetype, out var same))
        {
            // Sourcetypes are matched without case; the spelling that is equal wins over the others.
            foreach (var stanza in same)
                found.Add(new Head(stanza, 1, IsLiteral: true, null) { Bonus = stanza.Name == origin.Sourcetype ? 0.5 : 0 });
        }
        foreach (var head in _patterns)
        {
            var text = head.Kind switch { 3 => origin.Source, 2 => origin.Host, _ => origin.Sourcetype };
            if (Matches(head, text)) found.Add(head);
        }
        found.Sort(static (left, right) =>
            left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind)
            : left.Priority != right.Priority ? left.Priority.CompareTo(right.Priority)
            // The stanza that comes first in ASCII order wins a tie, so it is laid last.
            : string.CompareOrdinal(right.Stanza.Name, left.Stanza.Name));
        var stanzas = new List<ConfStanza>();
        if (_props.Find("default") is { } defaults) stanzas.Add(defaults);
        stanzas.AddRange(found.Select(head => head.Stanza));
        return stanzas;
    }

    /// <summary>The settings of several stanzas as one: the later stanza's setting holds.</summary>
    internal static ConfStanza Combine(IReadOnlyList<ConfStanza> stanzas, string name)
    {
        var combined = new ConfStanza(name, "", 0);
        foreach (var stanza in stanzas) combined.Lay(stanza);
        return combined;
    }

    void AddPattern(ConfStanza stanza, int kind, int skip)
    {
        var pattern = stanza.Name[skip..];
        var isLiteral = pattern.AsSpan().IndexOfAny("*|(") < 0 && !pattern.Contains("...", StringComparison.Ordinal);
        try
        {
            // Sources are matched with case, hosts without (reference of props.conf). Sourcetypes would be matched with case too; here the spelling only decides between two (Matching).
            var options = RegexOptions.CultureInvariant | (kind == 3 ? RegexOptions.None : RegexOptions.IgnoreCase);
            var regex = new Regex(Translate(pattern), options, TimeSpan.FromMilliseconds(200));
            _patterns.Add(new Head(stanza, kind, isLiteral, regex));
        }
        catch (ArgumentException error)
        {
            _problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}] is no pattern: {error.Message}");
        }
    }

    bool Matches(Head head, string text)
    {
        if (RegexTries.Match(head.Regex!, text) is { } match) return match.Success;
        _problems.Add(head.Stanza.File, head.Stanza.Line, $"[{head.Stanza.Name}] takes too long to match");
        return false;
    }

    // props.conf: `...` is any run of characters, `*` any run within one path part, a point is a point, a backslash takes the next character's meaning away; the rest is a regular expression.
    static string Translate(string pattern)
    {
        var regex = new StringBuilder("^(?:");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (string.CompareOrdinal(pattern, i, "...", 0, 3) == 0)
            {
                regex.Append(".*");
                i += 2;
            }
            else if (pattern[i] == '*') regex.Append(@"[^/\\]*");
            else if (pattern[i] == '\\' && i + 1 < pattern.Length) regex.Append(pattern[i]).Append(pattern[++i]);
            else if (pattern[i] == '.') regex.Append(@"\.");
            else regex.Append(pattern[i]);
        }
        return regex.Append(")$").ToString();
    }

    sealed record Head(ConfStanza Stanza, int Kind, bool IsLiteral, Regex? Regex)
    {
        internal double Bonus { get; init; }

        /// <summary>What it says, else 100, or 0 for a pattern. Read where it matters: a stanza that does not match is not read.</summary>
        internal double Priority => Bonus + (int.TryParse(Stanza["priority"], System.Globalization.CultureInfo.InvariantCulture, out var priority) ? priority : IsLiteral ? 100 : 0);
    }
}
