using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Karst.Catalog.Html.Code;
using Karst.Catalog.Html.Writing;
using Karst.Spl;
using Karst.Units.Spl;

namespace Karst.Units.Catalog;

/// <summary>Searches in colours: every character is there once, and the colours come from the parser's tokens.</summary>
public sealed partial class CodeTests
{
    [Theory]
    [InlineData("search", nameof(SplPart.Command))]
    [InlineData("\"LOW\"", nameof(SplPart.Text))]
    [InlineData("IN", nameof(SplPart.Keyword))]
    [InlineData("severity", nameof(SplPart.Field))]
    [InlineData("`cloudtrail`", nameof(SplPart.Macro))]
    [InlineData("count", nameof(SplPart.Function))]
    [InlineData("by", nameof(SplPart.Keyword))]
    [InlineData("path", nameof(SplPart.Option))]
    [InlineData("```why```", nameof(SplPart.Comment))]
    [InlineData("5", nameof(SplPart.Number))]
    public void Each_token_has_its_colour(string token, string part)
    {
        const string Search = "`cloudtrail` | spath path=a | search severity=1 x IN (\"LOW\") ```why``` | stats count(x) by y | head 5";
        Assert.Contains(SplColours.Of(Search), span => Search.Substring(span.At.Start, span.At.Length) == token && span.Part.ToString() == part);
    }

    [Fact]
    public void A_macro_unfolds_where_it_stands()
    {
        var html = Written("`cloudtrail` x=1", new() { ["cloudtrail"] = "sourcetype=aws:cloudtrail" });
        Assert.Contains("<details class=\"macro\"><summary title=\"Show what the macro stands for\">`cloudtrail`</summary><span class=\"expansion\"><span class=\"t-field\">sourcetype</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_macro_that_calls_itself_ends() =>
        Assert.Equal(2, Regex.Count(Written("`a`", new() { ["a"] = "`b`", ["b"] = "`a`" }), "<details"));

    [Fact]
    public void Macros_that_call_many_others_stay_small()
    {
        var definitions = Enumerable.Range(0, 5).ToDictionary(number => $"m{number}", number => string.Concat(Enumerable.Repeat($"`m{number + 1}` ", 100)));
        Assert.True(Written("`m0`", definitions).Length < 300_000);
    }

    [Fact]
    public void Lines_are_numbered_and_can_be_linked_to()
    {
        var html = Written("a=1\n| stats count");
        Assert.Contains("<div class=\"line\" id=\"L2\"><a class=\"no\" href=\"#L2\" aria-label=\"Line 2\" data-line=\"2\"></a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"L3\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diagnostic_stands_below_its_line()
    {
        var html = Written("a=1\n| where (b\n| head", diagnostics: SplParser.Parse("a=1\n| where (b\n| head").Diagnostics);
        var (second, third) = (html.IndexOf("id=\"L2\"", StringComparison.Ordinal), html.IndexOf("id=\"L3\"", StringComparison.Ordinal));
        Assert.InRange(html.IndexOf("class=\"diagnostic\"", StringComparison.Ordinal), second, third);
        Assert.Contains("<mark class=\"fault\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x=\"open")]
    [InlineData("| | [ ] ) ( `")]
    [InlineData("a=\"<b>\u202E\" | eval x=if(match(y, \"^\\d+$\"), 1, 2)\r\n| stats count BY z\n\n")]
    public void No_character_is_lost(string text) => Assert.Equal(Shown(text), TextOf(Written(text)));

    [Fact]
    public void No_character_of_the_public_collection_is_lost()
    {
        foreach (var search in Corpus.Get().Searches.Where((_, index) => index % 5 == 0)) Assert.Equal(Shown(search.Text), TextOf(Written(search.Text)));
    }

    // Lines are elements of their own; the breaks between them are not text.
    static string Shown(string text) => text.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\u202E", "U+202E", StringComparison.Ordinal);

    static string TextOf(string html) => WebUtility.HtmlDecode(Element().Replace(html.Replace("\n", "", StringComparison.Ordinal), ""));

    static string Written(string text, Dictionary<string, string>? macros = null, IReadOnlyList<Diagnostic>? diagnostics = null)
    {
        var html = new HtmlWriter(default);
        new CodeBlock(html, text, "Search") { Macros = new MacroFolds(macros ?? []), Diagnostics = diagnostics ?? [] }.WriteSearch();
        return Encoding.UTF8.GetString(html.ToArray());
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Element();
}
