using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class CorpusTests(ITestOutputHelper output)
{
    // Other apps define these; they stay in place, and are named.
    static readonly HashSet<string> s_elsewhere = ["get_asset(1)", "cim_corporate_web_domain_search(1)", "notable", "sort_chart"];

    [Fact]
    public void The_whole_corpus_is_read()
    {
        var corpus = Corpus.Get();
        Assert.Equal(1711 + 66, corpus.Searches.Count(search => search.Kind == "search"));
        Assert.True(corpus.Macros.Count >= 189);
        Assert.Contains(corpus.Searches, search => search.Kind == "drilldown");
    }

    [Fact]
    public void Every_search_parses_as_it_was_written() => AssertNone(Corpus.Get().Searches, search => Problems(search.Text));

    [Fact]
    public void Every_search_parses_with_its_macros_expanded()
    {
        var corpus = Corpus.Get();
        AssertNone(corpus.Searches, search =>
        {
            var expansion = MacroExpander.Expand(search.Text, corpus);
            return expansion.Diagnostics.Where(diagnostic => !s_elsewhere.Any(name => diagnostic.Message.Contains($"`{name}`", StringComparison.Ordinal)))
                .Concat(Problems(expansion.Text));
        });
    }

    [Fact]
    public void Every_macro_definition_parses()
    {
        var macros = Corpus.Get().Macros.Select(macro => new CorpusSearch(macro.Key, "macro", StandAlone(macro.Definition)));
        AssertNone(macros, search => Problems(search.Text));
    }

    [Fact]
    public void Printing_is_stable_and_keeps_the_syntax()
    {
        var corpus = Corpus.Get();
        foreach (var search in corpus.Searches)
            foreach (var text in new[] { search.Text, MacroExpander.Expand(search.Text, corpus).Text })
                SyntaxAssert.PrintsStably(text);
    }

    // A definition whose first word is a command stands behind a pipe where it is used, and one is the list of an IN.
    static string StandAlone(string definition) => definition.StartsWith("BitlockerWizardElev.exe,", StringComparison.Ordinal) ? $"x IN ({definition})" :
        definition.Split(' ', 2)[0] is "eval" or "lookup" or "convert" or "rename" or "where" or "search" or "stats" or "fields" ? "| " + definition : definition;

    static IEnumerable<Diagnostic> Problems(string text)
    {
        var result = SplParser.Parse(text);
        return result.Diagnostics.Concat(SplParser.Check(result.Search)).Where(diagnostic => diagnostic.Severity == Severity.Error);
    }

    void AssertNone(IEnumerable<CorpusSearch> searches, Func<CorpusSearch, IEnumerable<Diagnostic>> check)
    {
        var failed = 0;
        foreach (var search in searches)
        {
            var problems = check(search).ToList();
            if (problems.Count == 0) continue;
            failed++;
            output.WriteLine($"{search}: {problems[0].Code} {problems[0].Message} at {problems[0].At}\n  {search.Text}");
        }
        Assert.Equal(0, failed);
    }
}
