using CsCheck;
using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class PropertyTests
{
    static readonly string[] s_parts =
    [
        "index=main", " ", " | ", "stats count by a", "eval x=", "if(a>1, \"y\", 'z w')", "where ", "(", ")", "[", "]", "\"", "'", "`", "`m(a, \"b\")`", "```", ",", "=", "!=",
        "<", ">", "<<FIELD>>", "\\", "\\\\", "\\\"", "NOT ", " OR ", " AND ", " IN (", "a.b", ".5", "1e3", "4624", "CASE(", "TERM(x)", "search ", "| tstats count where ", " by _time span=1h",
        "rex \"(?<a>[x)]+)\"", "{}", "$t$", "%", "-", "+", "*", "/", "\n", "é", "\0", "\ud800", "| map search=\"", "foreach * [eval ",
    ];

    static readonly Gen<string> s_text = Gen.OneOf(
        Gen.Int[0, s_parts.Length - 1].Array[0, 25].Select(picks => string.Concat(picks.Select(pick => s_parts[pick]))),
        Gen.String);

    sealed class Macros : IMacroSource
    {
        public Macro? Find(string key) => key switch
        {
            "m(2)" => new Macro("m", ["a", "b"], "x=\"$a$\" `m` [search $b$]"),
            "m" => new Macro("m", [], "`n(1)` ] \""),
            _ => null,
        };
    }

    [Fact]
    public void No_text_makes_the_parser_throw_and_every_place_lies_within_the_text() => s_text.Sample(text =>
    {
        var result = SplParser.Parse(text);
        foreach (var diagnostic in result.Diagnostics.Concat(SplParser.Check(result.Search)))
        {
            Assert.InRange(diagnostic.At.Start, 0, text.Length);
            Assert.InRange(diagnostic.At.End, diagnostic.At.Start, text.Length);
            DiagnosticPrinter.Print(diagnostic, text);
        }
    }, iter: 20_000);

    [Fact]
    public void What_parses_prints_to_a_text_that_parses_to_the_same() => s_text.Sample(text =>
    {
        if (SplParser.Parse(text).Ok) SyntaxAssert.PrintsStably(text);
    }, iter: 20_000);

    [Fact]
    public void Expansion_never_throws_and_places_lead_back() => s_text.Sample(text =>
    {
        var expansion = MacroExpander.Expand(text, new Macros());
        for (var position = 0; position <= expansion.Text.Length; position++) Assert.InRange(expansion.ToOriginal(position), 0, text.Length);
    }, iter: 10_000);

    [Fact]
    public void Eval_text_is_an_expression_or_an_error_with_a_place() => s_text.Sample(text =>
    {
        try
        {
            var expression = SplParser.ParseEval(text, new Span(0, text.Length));
            Assert.InRange(expression.Span.End, 0, text.Length);
        }
        catch (SplException problem)
        {
            Assert.InRange(problem.Diagnostic.At.Start, 0, text.Length);
        }
    }, iter: 20_000);
}
