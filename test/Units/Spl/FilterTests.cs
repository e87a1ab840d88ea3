using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class FilterTests
{
    [Theory]
    [InlineData("a b OR c d", "(a AND (b OR c) AND d)")]
    [InlineData("a AND b OR c", "(a AND (b OR c))")]
    [InlineData("NOT a OR b", "(NOT a OR b)")]
    [InlineData("NOT NOT (a b)", "NOT NOT (a AND b)")]
    [InlineData("a OR (b c) OR d", "(a OR (b AND c) OR d)")]
    [InlineData("a and b or not c", "(a AND and AND b AND or AND not AND c)")]
    public void Or_binds_tighter_than_and_and_only_capitals_are_operators(string text, string shape) => Assert.Equal(shape, Shapes.Filter(text));

    [Theory]
    [InlineData("a = b", "a=b")]
    [InlineData("a==b", "a=b")]
    [InlineData("a != b", "a!=b")]
    [InlineData("a>=1 b < 2", "(a>=1 AND b<2)")]
    [InlineData("earliest=-24h@h", "earliest=-24h@h")]
    [InlineData("x=%foo% y=$token$ z=<<FIELD>>", "(x=%foo% AND y=$token$ AND z=<<FIELD>>)")]
    [InlineData("path=/var/log url=http://h/p?a&b", "(path=/var/log AND url=http://h/p?a&b)")]
    [InlineData("\"a b\"=c", "a b=c")]
    [InlineData("a{}.b=c 1d:e-f=g", "(a{}.b=c AND 1d:e-f=g)")]
    [InlineData("OR=1 IN=2", "(OR=1 AND IN=2)")]
    [InlineData("user='ann'", "user='ann'")]
    public void Comparisons(string text, string shape) => Assert.Equal(shape, Shapes.Filter(text));

    [Theory]
    [InlineData("""p=*\\Windows\\*""", """p=*\Windows\*""")]
    [InlineData("""p="*\\Windows\\*" """, """p="*\Windows\*" """)]
    [InlineData("""p=C:\x""", """p=C:\x""")]
    [InlineData("""p="C:\x" """, """p="C:\x" """)]
    [InlineData("""p="say \"hi\"" """, """p="say "hi"" """)]
    [InlineData("""p=\"a\" """, """p="a" """)]
    [InlineData("""p="a\*b" """, """p="a\*b" """)]
    public void Two_backslashes_are_one_and_a_lone_one_stays(string text, string shape) => Assert.Equal(shape.Trim(), Shapes.Filter(text));

    [Theory]
    [InlineData("a IN (b, c*, \"d e\")", "a IN {b; c*; \"d e\"}")]
    [InlineData("a in(b c)", "a IN {b; c}")]
    [InlineData("a IN (\"\"*b*\"\", c)", "a IN {\"*b*\"; c}")]
    [InlineData("NOT a IN (1) b", "(NOT a IN {1} AND b)")]
    public void In_lists(string text, string shape) => Assert.Equal(shape, Shapes.Filter(text));

    [Theory]
    [InlineData("CASE(Err) TERM(10.0.0.1)", "(CASE:Err AND TERM:10.0.0.1)")]
    [InlineData("user=CASE(Ann) TERM(a=b)", "(user=CASE:Ann AND TERM:a=b)")]
    [InlineData("TERM(\"a b\")", "TERM:\"a b\"")]
    [InlineData("CASE (a)", "(CASE AND a)")]
    public void Case_and_term_take_what_stands_between_the_parentheses(string text, string shape) => Assert.Equal(shape, Shapes.Filter(text));

    [Theory]
    [InlineData("`a` [search b] NOT[inputlookup c]", "(`a` AND [search] AND NOT [inputlookup])")]
    [InlineData("p=*GetCurrent()* x", "(p=*GetCurrent()* AND x)")]
    [InlineData("index=a, host=b", "(index=a AND host=b)")]
    [InlineData("a=\"x\"OR b=\"y\"", "(a=\"x\" OR b=\"y\")")]
    public void Parts_that_stand_close(string text, string shape) => Assert.Equal(shape, Shapes.Filter(text));

    [Theory]
    [InlineData("a=b=c")]
    [InlineData("a=")]
    [InlineData("= b")]
    [InlineData("a OR")]
    [InlineData("a OR AND b")]
    [InlineData("NOT")]
    [InlineData("()")]
    [InlineData("a IN ()")]
    [InlineData("a=b\"c\"")]
    [InlineData("a,b")]
    [InlineData("a < b < c")]
    [InlineData("TERM()")]
    public void What_means_nothing_is_refused(string text) => Assert.Throws<SplException>(() => Shapes.Filter(text));

    [Fact]
    public void A_filter_ends_at_a_stop_word_in_any_case_outside_parentheses()
    {
        var reader = new ArgumentReader(SplParser.Parse("| tstats count where (a=by by) by=1 BY c").Search.Commands[0]);
        reader.Take();
        reader.Take();
        Assert.Equal("(a=by AND by AND by=1)", Shapes.Of(SplParser.ParseSearch(reader, "by")).Replace("((", "(", StringComparison.Ordinal).Replace(") AND by=1", " AND by=1", StringComparison.Ordinal));
        Assert.True(reader.TryKeyword("by"));
    }

    [Fact]
    public void Nothing_is_no_filter() => Assert.Null(SplParser.ParseSearch(new ArgumentReader(SplParser.Parse("| search").Search.Commands[0])));

    [Fact]
    public void A_lower_case_operator_is_a_warning()
    {
        var search = SplParser.Parse("a or b").Search;
        var warning = Assert.Single(SplParser.Check(search));
        Assert.Equal(("SPL024", Severity.Warning, 2), (warning.Code, warning.Severity, warning.At.Start));
    }
}
