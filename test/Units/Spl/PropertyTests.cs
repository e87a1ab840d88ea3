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

    static readonly string[] s_searches =
    [
        "`aws` eventName=DeleteTrail OR eventName IN (\"Stop*\", UpdateTrail) NOT [inputlookup known | fields user] | stats count(eval(errorCode=\"x\")) AS n values(a.b{}.c) as d by user, src | where n > 3 AND isnull('a b') | `ctime(first)`",
        "| tstats `sum` count min(_time) as first from datamodel=Endpoint.Processes where Processes.process=*\\\\temp\\\\* (Processes.user!=\"a|b\" OR TERM(10.0.0.1)) by Processes.dest _time span=1h | `drop(\"Processes\")` | rename \"a.*\" as \"*\"",
        "index=main it's ```why | [``` | rex field=_raw \"(?<x>[^\\\"\\]]+)\" max_match=0 | eval y=case(match(x, \"^a\\d+$\"), \"p\".x, 1.5*-2 >= .5, null()), 'c.d'=if(z LIKE \"%q\", 1, `win`) | foreach a* [eval <<FIELD>>_n = '<<FIELD>>' + 1]",
        "| inputlookup hosts where os=\"win*\" AND NOT ip=10.0.0.0/8 | map maxsearches=5 search=\"search index=$i$ user=\\\"$u$\\\" | head 1\" | append [| makeresults count=2 | eval n=round(1e3/7, 2)] | transaction startswith=eval(a=\"s\") endswith=(b=2) | sort 0 - n, +m",
    ];

    // What a slip of the hand makes of a real search: a stretch that is missing, doubled, put elsewhere or replaced.
    static readonly Gen<string> s_slips =
        from pick in Gen.Int[0, s_searches.Length - 1]
        from slips in Gen.Select(Gen.Int[0, 400], Gen.Int[0, 12], Gen.Int[0, 3], Gen.Int[0, s_parts.Length - 1]).Array[1, 6]
        select slips.Aggregate(s_searches[pick], (text, slip) => Slip(text, slip.Item1, slip.Item2, slip.Item3, s_parts[slip.Item4]));

    static string Slip(string text, int at, int length, int kind, string part)
    {
        at = Math.Min(at, text.Length);
        length = Math.Min(length, text.Length - at);
        return kind switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, part),
            2 => text.Insert(text.Length - at, text.Substring(at, length)),
            _ => text.Remove(at, length).Insert(at, part),
        };
    }

    static readonly Gen<string> s_text = Gen.OneOf(
        s_slips,
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

    const int Properties = 4;

    // KARST_FUZZ_SECONDS=600 looks for longer: the properties that take any text share the time.
    static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("KARST_FUZZ_SECONDS"), out var seconds) ? Math.Max(1, seconds / Properties) : -1;

    static int Iterations => Seconds > 0 ? -1 : 20_000;

    [Fact]
    public void The_searches_that_are_changed_are_whole()
    {
        foreach (var text in s_searches)
        {
            var result = SplParser.Parse(text);
            Assert.Empty(result.Diagnostics);
            Assert.Empty(SplParser.Check(result.Search));
            SyntaxAssert.PrintsStably(text);
        }
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
    }, iter: Iterations, time: Seconds);

    [Fact]
    public void What_parses_prints_to_a_text_that_parses_to_the_same() => s_text.Sample(text =>
    {
        if (SplParser.Parse(text).Ok) SyntaxAssert.PrintsStably(text);
    }, iter: Iterations, time: Seconds);

    [Fact]
    public void Expansion_never_throws_and_places_lead_back() => s_text.Sample(text =>
    {
        var expansion = MacroExpander.Expand(text, new Macros());
        for (var position = 0; position <= expansion.Text.Length; position++) Assert.InRange(expansion.ToOriginal(position), 0, text.Length);
    }, iter: Iterations, time: Seconds);

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
    }, iter: Iterations, time: Seconds);
}
