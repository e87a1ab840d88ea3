using System.Globalization;
using Karst.Spl;

namespace Karst.Units.Spl;

/// <summary>Takes one quote, bracket or parenthesis away from each search of the corpus: hardly any may stay legal.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    const int PerSearch = 40;

    [Fact]
    public void A_search_that_lacks_one_quote_bracket_or_parenthesis_is_an_error_with_a_place()
    {
        var corpus = Corpus.Get();
        var random = new Random(1);
        int total = 0, found = 0;
        var legal = new SortedDictionary<char, int>();
        foreach (var search in corpus.Searches.Where(search => search.Kind == "search"))
        {
            var places = Enumerable.Range(0, search.Text.Length).Where(index => "\"'`()[]".Contains(search.Text[index], StringComparison.Ordinal)).ToArray();
            random.Shuffle(places);
            foreach (var place in places.Take(PerSearch))
            {
                total++;
                if (IsRefused(search.Text.Remove(place, 1), corpus))
                {
                    found++;
                    continue;
                }
                var character = search.Text[place];
                legal[character] = legal.GetValueOrDefault(character) + 1;
                var from = Math.Max(0, place - 40);
                output.WriteLine($"{search.File}: without `{character}` at {place}: {search.Text[from..place]}>>{character}<<{search.Text[(place + 1)..Math.Min(search.Text.Length, place + 40)]}");
            }
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} of {total} refused ({100.0 * found / total:0.00} %); legal: {string.Join(", ", legal.Select(pair => $"{pair.Key} {pair.Value}"))}"));
        Assert.True(found >= 0.95 * total, $"{found} of {total} refused");
    }

    static bool IsRefused(string text, Corpus corpus) => HasPlace(text) || HasPlace(MacroExpander.Expand(text, corpus).Text);

    static bool HasPlace(string text)
    {
        var result = SplParser.Parse(text);
        return result.Diagnostics.Concat(SplParser.Check(result.Search))
            .Any(diagnostic => diagnostic.Severity == Severity.Error && diagnostic.At.Start >= 0 && diagnostic.At.End <= text.Length);
    }
}
