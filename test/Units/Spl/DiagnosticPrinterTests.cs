using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class DiagnosticPrinterTests
{
    [Fact]
    public void The_line_and_the_place_are_shown_with_the_help()
    {
        var diagnostic = new Diagnostic("SPL010", "unknown command `dedupe`", new Span(2, 6), "`dedup` is a command");
        Assert.Equal(
            """
            error[SPL010]: unknown command `dedupe`
             --> 1:3
              |
            1 | | dedupe user
              |   ^^^^^^
              = help: `dedup` is a command
            """.ReplaceLineEndings("\n"), DiagnosticPrinter.Print(diagnostic, "| dedupe user"));
    }

    [Fact]
    public void Lines_are_counted_and_a_path_is_put_before_them()
    {
        const string text = "a\n| b\n| (c";
        var diagnostic = SplParser.Parse(text).Diagnostics[0];
        Assert.Equal("error[SPL005]: a command name must stand here\n --> rule.spl:3:3\n  |\n3 | | (c\n  |   ^\n  = help: to filter, begin with `search` or `where`", DiagnosticPrinter.Print(diagnostic, text, "rule.spl"));
    }

    [Fact]
    public void A_long_line_is_cut_around_the_place()
    {
        var text = new string('a', 500) + " bad " + new string('c', 500);
        var lines = DiagnosticPrinter.Print(new Diagnostic("X", "m", new Span(501, 3)), text).Split('\n');
        Assert.Equal("bad", lines[3].Substring(lines[4].IndexOf('^', StringComparison.Ordinal), 3));
        Assert.Equal(3, lines[4].Count(character => character == '^'));
        Assert.True(lines[3].Length < 120);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(99)]
    public void A_place_at_or_behind_the_end_can_be_shown(int at) =>
        Assert.EndsWith("^", DiagnosticPrinter.Print(new Diagnostic("X", "m", new Span(at, 0)), "a\nbc\td"), StringComparison.Ordinal);
}
