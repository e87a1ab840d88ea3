using System.Text;
using System.Text.RegularExpressions;

namespace Karst.Units.Catalog;

/// <summary>
/// Finds comparisons in the expanded text of a search by reading it word by word, without the parser or the analysis: what corpus counts are held against. It knows quotes, parentheses, NOT,
/// the assignments of eval, and how a few functions write a comparison; nothing else.
/// </summary>
static partial class TextScan
{
    /// <summary>A comparison: kind as reports write it, `ne` for a negated `eq`.</summary>
    public sealed record Found(string Field, string Kind, bool Negated, string Value, bool CaseSensitive);

    static readonly string[] s_evaluating = ["where", "eval", "fieldformat"];

    public static IEnumerable<Found> Comparisons(string text)
    {
        var words = Words(text);
        var (command, depth, assigns) = ("search", 0, false);
        // One entry an open parenthesis: whether what is within is under NOT, and the call's name.
        var open = new Stack<(bool Negated, string Call)>();
        var commands = new Stack<(string, int)>();
        var pending = false;
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var negated = pending ^ (open.Count > 0 && open.Peek().Negated);
            var evaluates = s_evaluating.Contains(command) || open.Any(static part => part.Call == "eval");
            switch (word)
            {
                case "|":
                    (command, depth, assigns, pending) = (i + 1 < words.Count ? words[i + 1].ToLowerInvariant() : "", open.Count, true, false);
                    i++;
                    continue;
                case "[":
                    commands.Push((command, depth));
                    if (i + 1 < words.Count && words[i + 1] != "|") (command, assigns) = (words[++i].ToLowerInvariant(), true);
                    depth = open.Count;
                    continue;
                case "]":
                    (command, depth) = commands.Pop();
                    pending = false;
                    continue;
                case "(":
                    open.Push((negated, i > 0 && IsName(words[i - 1]) ? words[i - 1].ToLowerInvariant() : ""));
                    pending = false;
                    continue;
                case ")":
                    if (open.Count > 0) open.Pop();
                    continue;
                case "," when open.Count == depth:
                    assigns = true;
                    continue;
                case "NOT" or "not" when word == "NOT" || evaluates:
                    pending = !pending;
                    continue;
            }
            var next = i + 1 < words.Count ? words[i + 1] : "";
            var isAssignment = command is "eval" or "fieldformat" && assigns && open.Count == depth && next == "=";
            assigns = false;
            if (isAssignment)
            {
                i++;
                continue;
            }
            // map runs a search that is written as a string.
            if (command == "map" && word == "search" && next == "=")
                foreach (var found in Comparisons(Unquoted(words[i + 2]))) yield return found;
            else
                foreach (var found in At(words, i, evaluates, negated)) yield return found;
            if (next is "=" or "==" or "!=" or "<" or ">" or "<=" or ">=") i += 2;
            pending = false;
        }
    }

    static IEnumerable<Found> At(List<string> words, int i, bool evaluates, bool negated)
    {
        string Next(int ahead) => i + ahead < words.Count ? words[i + ahead] : "";
        var field = FieldOf(words[i], evaluates);
        if (field is null) yield break;
        if (Next(1) is "=" or "==" or "!=")
        {
            if (evaluates)
            {
                if (Literal(Next(2)) is { } literal && (Next(3) is not ("(" or "." or "+" or "*" or "/" or "-"))) yield return Turned(field, Next(1) == "!=" ? "ne" : "eq", negated, literal, true);
            }
            else yield return Searched(field, Unquoted(Next(2)), negated, Next(1) == "!=");
        }
        else if (Next(1) is "<" or ">" or "<=" or ">=" && (evaluates ? Literal(Next(2)) : Unquoted(Next(2))) is { } bound)
            yield return new Found(field, Next(1) switch { "<" => "lt", "<=" => "le", ">" => "gt", _ => "ge" }, negated, bound, evaluates);
        else if (Next(1).Equals("in", StringComparison.OrdinalIgnoreCase) && Next(2) == "(")
        {
            var values = Within(words, i + 3).Where(static word => word != ",").ToList();
            if (!evaluates)
                foreach (var value in values)
                    yield return Searched(field, Unquoted(value), negated, false) is { Kind: "eq" or "ne" } plain ? plain with { Kind = "in", Negated = negated } : Searched(field, Unquoted(value), negated, false);
            else if (values.TrueForAll(static value => Literal(value) is not null))
                foreach (var value in values) yield return new Found(field, "in", negated, Literal(value)!, true);
        }
        else if (words[i].ToLowerInvariant() is "in" or "like" or "match" && Next(1) == "(" && evaluates && FieldOf(Next(2), true) is { } tested && Next(3) == ",")
        {
            var values = Within(words, i + 4).Where(static word => word != ",").ToList();
            if (!values.TrueForAll(static value => Literal(value) is not null)) yield break;
            foreach (var value in values)
                yield return words[i].ToLowerInvariant() switch
                {
                    "in" => new Found(tested, "in", negated, Literal(value)!, true),
                    "match" => new Found(tested, "regex", negated, Literal(value)!, true),
                    _ => Liked(tested, Literal(value)!, negated),
                };
        }
        else if (Next(1).Equals("like", StringComparison.OrdinalIgnoreCase) && evaluates && Literal(Next(2)) is { } pattern) yield return Liked(field, pattern, negated);
    }

    static Found Turned(string field, string kind, bool negated, string value, bool caseSensitive) =>
        new(field, negated ? kind == "eq" ? "ne" : "eq" : kind, false, value, caseSensitive);

    static Found Searched(string field, string value, bool negated, bool isNot)
    {
        var (kind, inner) = Wildcard(value, '*');
        return kind == "eq" ? Turned(field, isNot ? "ne" : "eq", negated, value, false) : new Found(field, kind, negated ^ isNot, inner, false);
    }

    static Found Liked(string field, string pattern, bool negated)
    {
        var (kind, inner) = pattern.AsSpan().ContainsAny('_', '\\') ? ("match", pattern) : Wildcard(pattern, '%');
        return kind is "eq" or "cidr" ? Turned(field, "eq", negated, pattern, true) : new Found(field, kind, negated, inner, true);
    }

    static (string Kind, string Value) Wildcard(string value, char sign)
    {
        if (!value.Contains(sign)) return (Block().IsMatch(value) ? "cidr" : "eq", value);
        var inner = value.Trim(sign);
        if (inner.Length == 0) return ("exists", "");
        if (inner.Contains(sign)) return ("match", value);
        return (value[0] == sign, value[^1] == sign) switch { (true, true) => ("contains", inner), (true, false) => ("ends_with", inner), _ => ("starts_with", inner) };
    }

    // A field under its last name: the dataset of a data model before it is no part of it.
    static string? FieldOf(string word, bool evaluates)
    {
        if (word.Length == 0 || (word[0] == '"' && evaluates) || !(word[0] is '"' or '\'' || IsName(word))) return null;
        return Dataset().Replace(Unquoted(word), "");
    }

    static bool IsName(string word) => word.Length > 0 && (char.IsLetter(word[0]) || word[0] == '_');

    static string? Literal(string word) => word.Length > 1 && word[0] == '"' ? Unquoted(word) : Number().IsMatch(word) ? word : null;

    static string Unquoted(string word)
    {
        if (word.Length < 2 || word[0] is not ('"' or '\'')) return word.Replace(@"\\", @"\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\|", "|", StringComparison.Ordinal);
        var result = new StringBuilder();
        for (var i = 1; i < word.Length - 1; i++)
        {
            if (word[i] == '\\' && (word[i + 1] == '\\' || word[i + 1] == word[0])) i++;
            result.Append(word[i]);
        }
        return result.ToString();
    }

    static IEnumerable<string> Within(List<string> words, int from)
    {
        var depth = 1;
        for (var i = from; i < words.Count; i++)
        {
            if (words[i] == "(") depth++;
            if (words[i] == ")" && --depth == 0) yield break;
            yield return words[i];
        }
    }

    static List<string> Words(string text) => [.. Word().Matches(text).Select(static match => match.Value).Where(static word => !word.StartsWith("```", StringComparison.Ordinal))];

    // Comments, strings, quoted fields, signs, and whatever stands between blanks and signs.
    [GeneratedRegex("""```.*?```|"(?:\\.|[^"\\])*"|(?<![^\s(,=])'[^'\s]*'|==|!=|<=|>=|[=<>()\[\],|]|(?:\\.|[^\s"=<>()\[\],|!\\]|\\|!(?!=))+""", RegexOptions.Singleline)]
    private static partial Regex Word();

    [GeneratedRegex(@"^-?\d+(\.\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^[0-9a-fA-F.:]+/\d{1,3}$")]
    private static partial Regex Block();

    [GeneratedRegex(@"^(Processes|Filesystem|Registry|Web|DNS|Authentication|All_Changes|All_Traffic|All_Email|All_Risk|All_Certificates|SSL|IDS_Attacks|Updates|Vulnerabilities|Alerts|All_Sessions|DHCP|All_UEBA_Events|UEBA_Anomalies|Account_Management|Failed_Authentication|Successful_Authentication|Ports)\.")]
    private static partial Regex Dataset();
}
