using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class PipelineTests
{
    static string[] Names(string text) => [.. SplParser.Parse(text).Search.Commands.Select(command => command.Name)];

    [Fact]
    public void A_search_without_a_leading_pipe_begins_with_search() =>
        Assert.Equal(["search", "stats", "where"], Names("index=main user=ann | STATS count | where count>1"));

    [Fact]
    public void The_word_search_is_the_command_unless_a_comparison_follows()
    {
        Assert.True(SplParser.Parse("search index=main").Search.Commands[0].NameSpan.Length > 0);
        Assert.Equal(0, SplParser.Parse("search = main").Search.Commands[0].NameSpan.Length);
    }

    [Fact]
    public void Within_brackets_the_first_word_is_a_command_with_or_without_a_pipe()
    {
        var tokens = SplParser.Parse("index=a NOT [inputlookup b] [| search c]").Search.Commands[0].Arguments;
        Assert.Equal(["inputlookup", "search"], tokens.Where(token => token.Subsearch is not null).Select(token => token.Subsearch!.Commands[0].Name));
    }

    [Fact]
    public void A_pipe_or_bracket_within_quotes_is_text() =>
        Assert.Equal(["search", "rex", "eval"], Names("""a="x|y" | rex "(?<z>[a|b]+)" | eval 'p|q['=1"""));

    [Fact]
    public void A_backslash_keeps_a_pipe_in_a_word()
    {
        Assert.Equal(["search"], Names("""path=a\|b"""));
        Assert.Equal("path=a|b", Shapes.Filter("""path=a\|b"""));
    }

    [Fact]
    public void Comments_are_blanks_anywhere_outside_quotes()
    {
        Assert.Equal("Word:a Word:b", Shapes.Tokens("a ```it's | [ \" \n``` b"));
        Assert.Equal("(1 + 2)", Shapes.Eval("1 ```one``` + 2"));
        Assert.Equal("Quoted:```no comment```", Shapes.Tokens("\"```no comment```\""));
    }

    [Fact]
    public void A_single_quote_is_a_letter_in_search_and_a_quote_in_eval()
    {
        Assert.Equal("Word:o'neil Word:it's", Shapes.Tokens("o'neil it's"));
        Assert.Equal("Word:x Operator:= SingleQuoted:a b Word:+1", Shapes.Tokens("| eval x='a b'+1"));
        Assert.Equal("Word:count Open:( Word:eval Open:( SingleQuoted:a|b Operator:> Word:1 Close:) Close:)", Shapes.Tokens("| stats count(eval('a|b'>1))"));
    }

    [Fact]
    public void Names_may_hold_braces_dots_colons_dashes_and_begin_with_digits() =>
        Assert.Equal("Word:a{}.b Word:c:d Word:-e Word:4624 Word:<<FIELD>>_x Word:@timestamp", Shapes.Tokens("| table a{}.b c:d -e 4624 <<FIELD>>_x @timestamp"));

    [Fact]
    public void Options_are_read_with_and_without_blanks_around_the_sign()
    {
        var reader = new ArgumentReader(SplParser.Parse("| bin span = 5m BINS=10 _time").Search.Commands[0]);
        Assert.True(reader.TryOption(out var name, out var value));
        Assert.Equal(("span", "5m"), (name, value.Value));
        Assert.True(reader.TryOption(out name, out value));
        Assert.Equal(("bins", "10"), (name, value.Value));
        Assert.False(reader.TryOption(out _, out _));
        Assert.Equal("_time", reader.TakeField().Value);
    }

    [Fact]
    public void A_group_gives_the_span_between_its_parentheses()
    {
        var command = SplParser.Parse("| transaction startswith=eval((a>1) AND b)").Search.Commands[0];
        var reader = new ArgumentReader(command);
        Assert.True(reader.TryOptionName(out _));
        Assert.True(reader.TryKeyword("EVAL"));
        var inner = reader.TakeGroup();
        Assert.Equal("(a>1) AND b", command.Source.Substring(inner.Start, inner.Length));
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Spans_point_into_the_whole_text_within_subsearches_too()
    {
        const string text = "a | join x [search b=c | stats count by x]";
        var join = SplParser.Parse(text).Search.Commands[1];
        Assert.Equal("join x [search b=c | stats count by x]", join.Text);
        Assert.Equal("x [search b=c | stats count by x]", text.Substring(join.ArgumentsSpan.Start, join.ArgumentsSpan.Length));
        Assert.Equal("stats count by x", join.Arguments[1].Subsearch!.Commands[1].Text);
    }

    [Fact]
    public void A_stage_that_is_one_macro_call_says_so()
    {
        var commands = SplParser.Parse("`a` b | `c(1, \"x, y\")` | head").Search.Commands;
        Assert.Equal([false, true, false], commands.Select(command => command.IsMacro));
        var call = commands[1].Arguments[0].Macro!;
        Assert.Equal("c(2)", call.Key);
        Assert.Equal(["1", "\"x, y\""], call.Arguments);
    }

    [Theory]
    [InlineData("a | | b", 2, "SPL004")]
    [InlineData("a | stats count |", 16, "SPL004")]
    [InlineData("", 0, "SPL003")]
    [InlineData("| \"stats\" count", 2, "SPL005")]
    [InlineData("a=\"b", 2, "SPL006")]
    [InlineData("| eval x='a", 9, "SPL006")]
    [InlineData("a ```b", 2, "SPL007")]
    [InlineData("a `b", 2, "SPL008")]
    [InlineData("a `b c`", 2, "SPL009")]
    [InlineData("(a | b", 0, "SPL026")]
    [InlineData("a [search b", 2, "SPL026")]
    [InlineData("a) | b", 1, "SPL011")]
    [InlineData("a] | b", 1, "SPL011")]
    [InlineData("[search (a] b", 8, "SPL026")]
    [InlineData("a [ ]", 4, "SPL004")]
    public void What_is_wrong_has_a_code_and_a_place(string text, int at, string code)
    {
        var diagnostic = SplParser.Parse(text).Diagnostics[0];
        Assert.Equal((code, at), (diagnostic.Code, diagnostic.At.Start));
    }

    [Fact]
    public void Reading_goes_on_behind_a_mistake()
    {
        var result = SplParser.Parse("a) | stats count( | head (5 | table x]");
        Assert.Equal(["search", "stats", "head", "table"], result.Search.Commands.Select(command => command.Name));
        Assert.Equal(["SPL011", "SPL026", "SPL026", "SPL011"], result.Diagnostics.Select(diagnostic => diagnostic.Code));
    }
}
