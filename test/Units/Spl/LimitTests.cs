using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class LimitTests
{
    const int Deep = 10_000;

    static List<Diagnostic> Errors(string text)
    {
        var result = SplParser.Parse(text);
        Printer.Print(result.Search);
        return [.. result.Diagnostics, .. SplParser.Check(result.Search)];
    }

    static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    public static TheoryData<string> DeepTexts =>
    [
        Repeat("(", Deep) + "a" + Repeat(")", Deep),
        "a " + Repeat("[search b ", Deep) + Repeat("]", Deep),
        Repeat("NOT ", Deep) + "a",
        "| where " + Repeat("(", Deep) + "a" + Repeat(")", Deep),
        "| where " + Repeat("f(", Deep) + "a" + Repeat(")", Deep),
        "| where " + Repeat("NOT ", Deep) + "a",
        "| where " + Repeat("- ", Deep) + "a",
        "| where a" + Repeat("+a", Deep),
        "| where " + Repeat("a OR ", Deep) + "a",
        "| eval x=a" + Repeat("=a", Deep),
        "| stats count(eval(" + Repeat("(", Deep) + "a" + Repeat(")", Deep) + "))",
        "| where " + Repeat("a=[search b | where ", Deep) + "a" + Repeat("]", Deep),
    ];

    [Theory]
    [MemberData(nameof(DeepTexts))]
    public void Deep_nesting_is_a_diagnostic(string text) => Assert.NotEmpty(Errors(text));

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData(")")]
    [InlineData("]")]
    [InlineData("`")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("|")]
    [InlineData("<")]
    [InlineData("`a(")]
    [InlineData("| eval '")]
    [InlineData("```")]
    [InlineData("\\")]
    [InlineData("| rex \"[[:\" ")]
    public void A_hundred_thousand_of_the_same_are_read_to_the_end(string part)
    {
        var text = Repeat(part, 100_000);
        Errors(text);
        MacroExpander.Expand(text, new Nothing());
    }

    [Fact]
    public void Long_flat_filters_are_no_nesting() => Assert.Empty(Errors(string.Join(" OR ", Enumerable.Range(0, 20_000).Select(number => $"id={number}"))));

    sealed class Nothing : IMacroSource
    {
        public Macro? Find(string key) => null;
    }
}
