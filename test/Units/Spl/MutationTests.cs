using System.Globalization;
using Karst.Spl;

namespace Karst.Units.Spl;

/// <summary>Takes each quote, bracket, parenthesis and backtick away from each search of the corpus: hardly any search may stay legal.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    [Fact]
    public void A_search_that_lacks_one_quote_bracket_or_parenthesis_is_an_error_with_a_place()
    {
        var corpus = Corpus.Get();
        int total = 0, found = 0;
        var bare = new List<string>();
        var legal = new SortedDictionary<char, int>();
        foreach (var (file, text) in corpus.Searches.Select(search => (search.File, search.Text)).DistinctBy(search => search.Text))
        {
            var protectedPlaces = ProtectedPlaces(text);
            for (var place = 0; place < text.Length; place++)
            {
                if (!"\"'`()[]".Contains(text[place], StringComparison.Ordinal)) continue;
                total++;
                if (IsRefused(text.Remove(place, 1), corpus))
                {
                    found++;
                    continue;
                }
                legal[text[place]] = legal.GetValueOrDefault(text[place]) + 1;
                var shown = $"{file}: without `{text[place]}` at {place}: {text[Math.Max(0, place - 40)..place]}>>{text[place]}<<{text[(place + 1)..Math.Min(text.Length, place + 40)]}";
                output.WriteLine(shown);
                if (!protectedPlaces.Contains(place)) bare.Add(shown);
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} of {total} refused ({100.0 * found / total:0.00} %); legal: {string.Join(", ", legal.Select(pair => $"{pair.Key} {pair.Value}"))}"));
        Assert.True(found >= 0.95 * total, $"{found} of {total} refused");
        // What stays legal stands within quotes, behind a backslash or in a comment, where such characters are text.
        Assert.Equal([], bare);
    }

    static bool IsRefused(string text, Corpus corpus) => HasPlace(text) || HasPlace(MacroExpander.Expand(text, corpus).Text);

    static bool HasPlace(string text)
    {
        var result = SplParser.Parse(text);
        return result.Diagnostics.Concat(SplParser.Check(result.Search))
            .Any(diagnostic => diagnostic.Severity == Severity.Error && diagnostic.At.Start >= 0 && diagnostic.At.End <= text.Length);
    }

    static HashSet<int> ProtectedPlaces(string text)
    {
        var places = new HashSet<int>();
        Mark(SplParser.Parse(text).Search);
        for (var index = 1; index < text.Length; index++)
            if (text[index - 1] == '\\') places.Add(index);
        for (var open = text.IndexOf("```", StringComparison.Ordinal); open >= 0;)
        {
            var close = text.IndexOf("```", open + 3, StringComparison.Ordinal);
            for (var index = open; index < close + 3; index++) places.Add(index);
            open = close < 0 ? -1 : text.IndexOf("```", close + 3, StringComparison.Ordinal);
        }
        return places;

        void Mark(SearchSyntax search)
        {
            foreach (var token in search.Commands.SelectMany(command => command.Arguments))
            {
                if (token.Kind is TokenKind.Quoted or TokenKind.SingleQuoted)
                    for (var index = token.Span.Start + 1; index < token.Span.End - 1; index++) places.Add(index);
                if (token.Subsearch is { } inner) Mark(inner);
            }
        }
    }
}
