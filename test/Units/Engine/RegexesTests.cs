using System.Diagnostics;
using Karst.Engine.Plans;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Units.Engine;

public sealed class RegexesTests
{
    static readonly RunContext s_run = new() { Now = 0 };

    static string? Find(string pattern, string text) => PcreRegex.Compile(pattern, default).Match(text, s_run)?.Value;

    [Theory]
    [InlineData("(?P<a>x)(?P=a)", "axx", "xx")]
    [InlineData(@"a++b", "aaab", "aaab")]
    [InlineData(@"a++a", "aaa", null)]
    [InlineData(@"(?>a+)b", "aab", "aab")]
    [InlineData(@"\Qa.b\E+", "a.bbb", "a.bbb")]
    [InlineData(@"x\hy", "x\ty", "x\ty")]
    [InlineData(@"a\Rb", "a\r\nb", "a\r\nb")]
    [InlineData(@"\x{41}\x42", "AB", "AB")]
    [InlineData("[[:alpha:]]+", "12ab3", "ab")]
    [InlineData("[[:^digit:]]+", "12ab3", "ab")]
    [InlineData(@"[^\s""]+", "\" ab\"", "ab")]
    [InlineData(@"[\w.-]+", "<a.b-c>", "a.b-c")]
    [InlineData(@"[a-z[]+", "A[b]", "[b")]
    [InlineData("[]a]+", "x]a", "]a")]
    [InlineData("(?i)ABC", "xabc", "abc")]
    [InlineData("(?i:A)b", "ab", "ab")]
    [InlineData("(?i:A)+b", "aAb", "aAb")]
    [InlineData("(?x) a b # note (\n c", "abc", "abc")]
    [InlineData(@"\d+", "٣4", "4")]
    [InlineData(@"\bb\b", "éb", "b")]
    [InlineData(@"(a)(?<n>b)(c)\3", "abcc", "abcc")]
    [InlineData(@"(a)|b\1?", "b", "b")]
    [InlineData(@"a{2}{2}", "aaaaa", "aaaa")]
    [InlineData(@"a{,2}", "a{,2}", "a{,2}")]
    [InlineData(@"^a?$", "a", "a")]
    [InlineData(@"x(?#note)y", "xy", "xy")]
    [InlineData(@"(?<=a)b(?!c)", "abcab", "b")]
    [InlineData(@"\_\-\/\%", "_-/%", "_-/%")]
    [InlineData(@"(a)?(?(1)b|c)", "c", "c")]
    [InlineData(@"(['""])x\g{1}", "'x'", "'x'")]
    [InlineData("[😀x]+", "a😀x", "😀x")]
    public void Pcre_is_read_as_pcre(string pattern, string text, string? expected) => Assert.Equal(expected, Find(pattern, text));

    [Theory]
    [InlineData(@"a\Kb")]
    [InlineData("(?R)")]
    [InlineData("(a)(?1)")]
    [InlineData("(?&x)")]
    [InlineData("(?P>x)")]
    [InlineData("(?|a|b)")]
    [InlineData("(*SKIP)")]
    [InlineData(@"\X")]
    [InlineData("(?U)a+")]
    [InlineData(@"\p{Greek}")]
    public void What_cannot_be_run_exactly_is_refused_by_name(string pattern)
    {
        var refused = Assert.Throws<SplException>(() => PcreRegex.Compile(pattern, default));
        Assert.Equal(DiagnosticKind.Unsupported, refused.Diagnostic.Kind);
    }

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData(@"\")]
    [InlineData(@"\2")]
    [InlineData("(?<a")]
    [InlineData("(?P")]
    [InlineData("[z-a]")]
    [InlineData("(?<n>a)(?<n>b)")]
    public void A_wrong_pattern_is_an_error_with_its_place(string pattern)
    {
        var refused = Assert.Throws<SplException>(() => PcreRegex.Compile(pattern, new Span(3, 4)));
        Assert.Equal("SPL207", refused.Diagnostic.Code);
        Assert.Equal(new Span(3, 4), refused.Diagnostic.At);
    }

    [Fact]
    public void Groups_have_their_pcre_numbers()
    {
        var regex = PcreRegex.Compile("(a)(?<x>b)(c)(?P<y>d)", default);
        Assert.Equal([("x", 2), ("y", 4)], regex.Names);
        Assert.Equal("d", regex.Match("abcd", s_run)!.Groups[4].Value);
    }

    [Fact]
    public void A_pattern_that_backtracks_for_ever_counts_as_no_match_and_is_reported()
    {
        var run = new RunContext { Now = 0, Limits = new Limits { RegexMilliseconds = 50 } };
        var watch = Stopwatch.StartNew();
        var found = PcreRegex.Compile("^(a+)+$", default).IsMatch(Value.FromText(new string('a', 200) + "!"), run);
        Assert.False(found);
        Assert.Contains(run.Messages.All, message => message.Code == "regex-timeout");
    }

    [Fact]
    public void Nesting_has_a_limit() =>
        Assert.Throws<SplException>(() => PcreRegex.Compile(new string('(', 100_000) + new string(')', 100_000), default));

    [Fact]
    public void Any_text_is_a_pattern_or_a_diagnostic()
    {
        var random = new Random(7);
        const string Alphabet = @"ab(([[\\??**++{}1,2}^$|<>:=!PQEdwskgxRK-])). #😀";
        for (var i = 0; i < 20_000; i++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            try
            {
                PcreRegex.Compile(pattern, default);
            }
            catch (SplException)
            {
            }
        }
    }
}
