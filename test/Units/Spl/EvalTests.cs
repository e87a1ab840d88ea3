using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class EvalTests
{
    [Theory]
    [InlineData("a OR b AND c XOR d", "((a OR (b AND c)) XOR d)")]
    [InlineData("not a=1 and b", "((NOT (a = 1)) AND b)")]
    [InlineData("1+2*3-4", "((1 + (2 * 3)) - 4)")]
    [InlineData("-a*b", "((- a) * b)")]
    [InlineData("a.\" \".b=c", "(((a . \" \") . b) = c)")]
    [InlineData("a . b % 2", "(a . (b % 2))")]
    [InlineData("a==b", "(a = b)")]
    [InlineData("1<a<=3", "((1 < a) <= 3)")]
    [InlineData("(a OR b) AND c", "((a OR b) AND c)")]
    [InlineData("x like \"a%\" OR y", "((x LIKE \"a%\") OR y)")]
    [InlineData("NOT x IN (\"a\", 2)", "(NOT (x IN {\"a\"; 2}))")]
    public void Operators_bind_as_in_eval(string text, string shape) => Assert.Equal(shape, Shapes.Eval(text));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("x*.5", "(x * .5)")]
    [InlineData("x>1 AND .25>y", "((x > 1) AND (.25 > y))")]
    [InlineData("1e3", "1e3")]
    [InlineData("a.b", "(a . b)")]
    [InlineData("'a.b'", "'a.b'")]
    [InlineData("a{}:b", "a{}:b")]
    [InlineData("true", "true")]
    [InlineData("true()", "true()")]
    [InlineData("'a|b[c'", "'a|b[c'")]
    [InlineData("'<<FIELD>>' + <<FIELD>>", "('<<FIELD>>' + <<FIELD>>)")]
    [InlineData("$tok$", "$tok$")]
    [InlineData("a-b", "(a - b)")]
    public void Names_and_numbers(string text, string shape) => Assert.Equal(shape, Shapes.Eval(text));

    [Theory]
    [InlineData("""  "\d+" """, """ "\d+" """)]
    [InlineData("""  "a\\b" """, """ "a\b" """)]
    [InlineData("""  "a\"b" """, """ "a"b" """)]
    [InlineData("""  "\\\\" """, """ "\\" """)]
    public void Strings_resolve_quotes_and_backslashes_only(string text, string shape) => Assert.Equal(shape.Trim(), Shapes.Eval(text));

    [Theory]
    [InlineData("IF (match(a, \"^x\"), now(), null())", "if(match(a, \"^x\"), now(), null())")]
    [InlineData("like(a, \"b\")", "like(a, \"b\")")]
    [InlineData("in(a, 1, 2)", "in(a, 1, 2)")]
    [InlineData("relative_time(now(), `window`)", "relative_time(now(), `window`)")]
    [InlineData("a=[search b | return $c]", "(a = […])")]
    public void Calls(string text, string shape) => Assert.Equal(shape, Shapes.Eval(text));

    [Theory]
    [InlineData("a=1, b = a+1", "a := 1; b := (a + 1)")]
    [InlineData("\"a b\"=1, 'c.d'=2", "a b := 1; c.d := 2")]
    [InlineData("a.b=1, c-d=2, e{f}_g=3, h:i=4", "a.b := 1; c-d := 2; e{f}_g := 3; h:i := 4")]
    [InlineData("a=b=c", "a := (b = c)")]
    [InlineData("`mac`, x=1", " := `mac`; x := 1")]
    public void Assignments(string text, string shape) => Assert.Equal(shape, Shapes.Assignments(text));

    [Theory]
    [InlineData("", 0)]
    [InlineData("a b", 2)]
    [InlineData("a +", 3)]
    [InlineData("f(a,", 4)]
    [InlineData("f(a b)", 4)]
    [InlineData("(a", 2)]
    [InlineData("a)", 1)]
    [InlineData("4624a", 0)]
    [InlineData("a = 'b", 4)]
    [InlineData("a ~ b", 2)]
    [InlineData("a IN b", 5)]
    [InlineData("a IN ()", 7)]
    [InlineData("AND b", 0)]
    [InlineData("''", 0)]
    public void What_means_nothing_is_refused_with_its_place(string text, int at) =>
        Assert.Equal(at, Assert.Throws<SplException>(() => Shapes.Eval(text)).Diagnostic.At.Start);

    [Theory]
    [InlineData("a")]
    [InlineData("a=1,")]
    [InlineData("a=1 b=2")]
    [InlineData("=1")]
    [InlineData("f(x)=1")]
    public void What_assigns_nothing_is_refused(string text) => Assert.Throws<SplException>(() => Shapes.Assignments(text));

    [Fact]
    public void Spans_are_those_of_the_whole_text()
    {
        const string text = "| where a=1 AND if(b, \"c\", d)";
        var expression = (EvalBinary)SplParser.ParseEval(text, Span.FromBounds(8, text.Length));
        var call = (EvalCall)expression.Right;
        Assert.Equal(("if(b, \"c\", d)", "if"), (text.Substring(call.Span.Start, call.Span.Length), text.Substring(call.NameSpan.Start, call.NameSpan.Length)));
        Assert.Equal(Span.FromBounds(8, text.Length), expression.Span);
    }

    [Fact]
    public void Two_bare_names_with_a_dot_between_are_a_warning()
    {
        var warning = Assert.Single(SplParser.Check(SplParser.Parse("| where isnotnull(userIdentity.type)").Search));
        Assert.Equal(("SPL025", Severity.Warning, "'userIdentity.type' is the field of that name"), (warning.Code, warning.Severity, warning.Help));
    }
}
