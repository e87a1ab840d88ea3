using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Karst.Engine.Regexes;
using Karst.Engine.Running;

namespace Karst.Units.Engine;

/// <summary>Expressions that are run as a scan over bytes give what the expressions give.</summary>
public sealed class BytePatternTests
{
    [Theory]
    [InlineData(@"<(\w+)(?: [^>]*)?>([^<]+)</", "<a>1</a><b x='2'>3</b><c/>")]
    [InlineData(@"(\w+)=['""]([^'""]+)['""]", "Name='a' Guid=\"b\" empty='' rest")]
    [InlineData(@"(?s)<System>(.+?)(?:</System>|$)", "<Event><System>a\nb</System><System>cut\n")]
    [InlineData(@"(?s)<System>(.+?)</System>", "<System></System>x</System><System>open")]
    [InlineData(@"<Data Name='([^']+)'>\s*([^<\s][^<]*)", "<Data Name='a'>\r\n\t x y</Data><Data Name='b'></Data><Data Name='c'> </Data>")]
    [InlineData(@"<(Message|Level|Task)>([^<]+)</", "<Level>4</Level><Levels>5</Levels><Message>\u00e9\U0001F600</Message>")]
    [InlineData(@"%%(\d+)", "a %%1936 %%x %%12")]
    [InlineData(@"^(?<first>\S+)\s+(?P<second>\d*)", "host 42")]
    [InlineData(@"user=(?:""([^""]*)"")?;", "user=\"a\";user=;user=\"b;")]
    [InlineData(@"[a-c]?x+y", "axxy bxy xx ay")]
    [InlineData(@"k=[^\w;]+;", "k=\u00fc-;k=a;k=--;")]
    public void A_scan_gives_what_the_expression_gives(string pattern, string text)
    {
        Assert.NotNull(BytePatternReader.TryRead(pattern));
        Assert.NotEmpty(Compare(pattern, text));
    }

    [Theory]
    [InlineData(@"(\w+)\w")]
    [InlineData(@"a*")]
    [InlineData(@".*b")]
    [InlineData(@"(a|ab)c")]
    [InlineData(@"(?i)a")]
    [InlineData(@"a(?=b)")]
    [InlineData(@"(?<!a)b")]
    [InlineData(@"a{2}")]
    [InlineData(@"(ab)+")]
    [InlineData(@"\bab")]
    [InlineData(@"(a)\1")]
    [InlineData(@"a+?")]
    [InlineData(@"(.+?)x")]
    [InlineData(@"(?s)(.+?)x(y)")]
    [InlineData(@"(?:a )?a")]
    [InlineData(@"[[:alpha:]]x")]
    [InlineData(@"a|b")]
    public void An_expression_with_more_than_one_way_has_no_scan(string pattern) => Assert.Null(BytePatternReader.TryRead(pattern));

    [Fact]
    public void Made_expressions_give_the_same_over_made_texts()
    {
        var scanned = 0;
        var found = 0;
        Gen.Select(s_pattern, s_text).Sample(
            sample =>
            {
                if (BytePatternReader.TryRead(sample.Item1) is null) return;
                Interlocked.Increment(ref scanned);
                if (Compare(sample.Item1, sample.Item2).Count > 0) Interlocked.Increment(ref found);
            },
            iter: 60_000);
        Assert.True(scanned > 5_000 && found > 1_000, $"{scanned} expressions had a scan, {found} of them found something");
    }

    // Few letters, so that what repeats and what follows often meet.
    static readonly Gen<string> s_atom = OneOf("a", "b", "<", "/", " ", "=", "\\w", "\\d", "\\s", "\\S", "[^<]", "[^ab]", "[a-b]", ".", "\u00e9", "\\.", "(?:ab|c)", "(<|=)");
    static readonly Gen<string> s_repeat = OneOf("", "", "", "+", "*", "?", "+?", "*?");
    static readonly Gen<string> s_part = Gen.Select(s_atom, s_repeat, (atom, repeat) => atom.StartsWith('(') ? atom : atom + repeat);
    static readonly Gen<string> s_group = Gen.Select(OneOf("", "(", "(?:", "(?<n>"), s_part.Array[1, 3], OneOf("", "", "?"), (open, parts, many) =>
        open.Length == 0 ? string.Concat(parts) : $"{open}{string.Concat(parts)}){(open == "(?:" ? many : "")}");
    static readonly Gen<string> s_pattern = Gen.Select(OneOf("", "", "(?s)", "^", "(?s)^"), s_group.Array[1, 4], OneOf("", "", "", "(.+?)<", "(.+?)(?:ab|$)", "(.*?)</"), (flag, groups, end) =>
        flag + string.Concat(groups).Replace("(?<n>", "(", StringComparison.Ordinal) + end);
    static readonly Gen<string> s_text = OneOf("a", "b", "c", "<", "/", "</", " ", "\n", "=", "1", ".", "ab", "\u00e9", "\u2028", "\U0001F600").Array[0, 14].Select(string.Concat);

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    static List<string> Compare(string pattern, string text)
    {
        var regex = PcreRegex.Compile(pattern, default);
        Assert.NotNull(regex.Bytes);
        var expected = regex.Matches(text, new RunContext { Now = 0 })
            .Select(match => string.Join('|', match.Groups.Values.Select(group => group.Success ? "=" + group.Value : "")))
            .ToList();
        var utf8 = Encoding.UTF8.GetBytes(text);
        var groups = new int[2 * (regex.GroupCount + 1)];
        var actual = new List<string>();
        for (var at = 0; ; at = groups[1])
        {
            // Where the scan cannot tell, the expression is asked: nothing is to be compared.
            if (regex.Bytes.Find(utf8, at, groups) is not { } isFound) return expected;
            if (!isFound) break;
            actual.Add(string.Join('|', Enumerable.Range(0, regex.GroupCount + 1).Select(group =>
                groups[2 * group] < 0 ? "" : "=" + Encoding.UTF8.GetString(utf8, groups[2 * group], groups[(2 * group) + 1] - groups[2 * group]))));
        }
        Assert.True(expected.SequenceEqual(actual), $"{pattern} over {text}: {string.Join(" ", expected)} but {string.Join(" ", actual)}");
        return actual;
    }
}
