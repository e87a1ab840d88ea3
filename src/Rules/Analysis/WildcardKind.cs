using System.Net;

namespace Karst.Rules.Analysis;

/// <summary>Which kind of test a value of search mode is.</summary>
static class WildcardKind
{
    /// <summary>
    /// `*x*` contains x, `x*` starts with x, `*x` ends with x, `*` exists, anything else with a wildcard is a match of the whole pattern; `10.0.0.0/8` is a block of addresses
    /// (search reference, `search`: "CIDR matching").
    /// </summary>
    public static (PredicateKind Kind, string Value) Of(string pattern, char wildcard = '*')
    {
        if (pattern.Length > 0 && pattern.AsSpan().Trim(wildcard).IsEmpty) return (PredicateKind.Exists, "");
        var first = pattern.StartsWith(wildcard);
        var last = pattern.EndsWith(wildcard);
        var inner = pattern.Trim(wildcard);
        if (inner.Contains(wildcard, StringComparison.Ordinal)) return (PredicateKind.Match, pattern);
        return (first, last) switch
        {
            (true, true) => (PredicateKind.Contains, inner),
            (true, false) => (PredicateKind.EndsWith, inner),
            (false, true) => (PredicateKind.StartsWith, inner),
            _ => (IsBlock(pattern) ? PredicateKind.Cidr : PredicateKind.Eq, pattern),
        };
    }

    /// <summary>As <see cref="Of"/> for `like()` of eval: `%` is any text, `_` one character, which only a whole pattern can say.</summary>
    public static (PredicateKind Kind, string Value) OfLike(string pattern)
    {
        if (pattern.Contains('_', StringComparison.Ordinal) || pattern.Contains('\\', StringComparison.Ordinal)) return (PredicateKind.Match, pattern);
        var (kind, value) = Of(pattern, '%');
        return (kind == PredicateKind.Cidr ? PredicateKind.Eq : kind, value);
    }

    static bool IsBlock(string text) => text.Contains('/', StringComparison.Ordinal) && char.IsAsciiHexDigit(text[0]) && IPNetwork.TryParse(text, out _);
}
