using Karst.Catalog.Model;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Catalog.Building;

/// <summary>The tokens of a rule's search as stretches of its file, for highlighting.</summary>
static class BodyTokens
{
    static readonly HashSet<string> s_keywords = new(StringComparer.OrdinalIgnoreCase) { "by", "as", "and", "or", "not", "in", "where", "from", "output", "outputnew", "over", "groupby", "xor", "like" };

    /// <summary>The rule's file with the tokens of its search.</summary>
    public static RuleBody Of(Rule rule)
    {
        var tokens = new List<(Span At, string Kind, string? Macro)>();
        Collect(SplParser.Parse(rule.Search).Search, tokens);
        AddGaps(rule.Search, tokens);
        var body = new List<BodyToken>(tokens.Count);
        foreach (var (at, kind, macro) in tokens)
        {
            var start = rule.SearchMap.Offset(at.Start);
            var end = at.Length == 0 ? start : rule.SearchMap.Offset(at.End - 1) + 1;
            if (end > start && (body.Count == 0 || body[^1].Start + body[^1].Length <= start)) body.Add(new BodyToken(start, end - start, kind, macro));
        }
        return new RuleBody(rule.SearchMap.Source, body);
    }

    static void Collect(SearchSyntax search, List<(Span, string, string?)> tokens)
    {
        foreach (var command in search.Commands)
        {
            if (command.NameSpan.Length > 0) tokens.Add((command.NameSpan, "command", null));
            for (var i = 0; i < command.Arguments.Count; i++)
            {
                var token = command.Arguments[i];
                if (token.Subsearch is { } inner)
                {
                    tokens.Add((new Span(token.Span.Start, 1), "bracket", null));
                    Collect(inner, tokens);
                    if (token.Text is [.., ']']) tokens.Add((new Span(token.Span.End - 1, 1), "bracket", null));
                    continue;
                }
                var isCall = i + 1 < command.Arguments.Count && command.Arguments[i + 1] is { Kind: TokenKind.Open, SpaceBefore: false };
                tokens.Add((token.Span, KindOf(token, isCall), token.Macro?.Key));
            }
        }
    }

    static string KindOf(Token token, bool isCall) => token.Kind switch
    {
        TokenKind.Quoted or TokenKind.SingleQuoted => "string",
        TokenKind.Operator => "operator",
        TokenKind.Macro => "macro",
        TokenKind.Word when s_keywords.Contains(token.Text) => "keyword",
        TokenKind.Word when isCall => "function",
        TokenKind.Word when char.IsAsciiDigit(token.Text[0]) && double.TryParse(token.Text, out _) => "number",
        TokenKind.Word => "word",
        _ => "punctuation",
    };

    // Pipes and comments stand between the tokens.
    static void AddGaps(string search, List<(Span At, string Kind, string? Macro)> tokens)
    {
        var gaps = new List<(Span, string, string?)>();
        var from = 0;
        foreach (var end in tokens.Select(static token => (token.At.Start, token.At.End)).Append((search.Length, search.Length)).ToList())
        {
            for (var at = from; at < end.Item1; at++)
            {
                if (search[at] == '|') gaps.Add((new Span(at, 1), "pipe", null));
                if (string.CompareOrdinal(search, at, "```", 0, 3) != 0) continue;
                var close = search.IndexOf("```", at + 3, StringComparison.Ordinal);
                var length = (close < 0 || close >= end.Item1 ? end.Item1 : close + 3) - at;
                gaps.Add((new Span(at, length), "comment", null));
                at += length - 1;
            }
            from = Math.Max(from, end.Item2);
        }
        tokens.AddRange(gaps);
        tokens.Sort(static (left, right) => left.At.Start.CompareTo(right.At.Start));
    }
}
