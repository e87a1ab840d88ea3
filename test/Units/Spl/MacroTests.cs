using Karst.Spl;

namespace Karst.Units.Spl;

public sealed class MacroTests
{
    sealed class Source(params Macro[] macros) : IMacroSource
    {
        public Macro? Find(string key) => macros.FirstOrDefault(macro => macro.Key == key);
    }

    static Expansion Expand(string text, params Macro[] macros) => MacroExpander.Expand(text, new Source(macros));

    static string Text(string text, params Macro[] macros)
    {
        var expansion = Expand(text, macros);
        Assert.Empty(expansion.Diagnostics);
        return expansion.Text;
    }

    [Fact]
    public void A_macro_is_chosen_by_its_number_of_arguments() =>
        Assert.Equal("zero one x two x y", Text("`m` `m(x)` `m(x, y)`", new Macro("m", [], "zero"), new Macro("m", ["a"], "one $a$"), new Macro("m", ["a", "b"], "two $a$ $b$")));

    [Fact]
    public void Arguments_are_put_in_textually_without_their_quotes() =>
        Assert.Equal("rename \"a.*\" as x_a_y, b", Text("`m(\"a\", \"x, y\")`", new Macro("m", ["p", "q"], "rename \"$p$.*\" as x_$p$_y, b")));

    [Fact]
    public void An_argument_that_holds_another_ones_name_is_not_replaced_twice() =>
        Assert.Equal("$b$ 2", Text("`m($b$, 2)`", new Macro("m", ["a", "b"], "$a$ $b$")));

    [Fact]
    public void Dollars_that_name_no_argument_stay() =>
        Assert.Equal("$other$ 1 $", Text("`m(1)`", new Macro("m", ["a"], "$other$ $a$ $")));

    [Fact]
    public void Macros_within_macros_see_the_arguments() =>
        Assert.Equal("in(x)", Text("`outer(x)`", new Macro("outer", ["a"], "`inner(\"$a$\")`"), new Macro("inner", ["b"], "in($b$)")));

    [Fact]
    public void Calls_in_subsearches_are_expanded() =>
        Assert.Equal("a [search index=main]", Text("a [`m`]", new Macro("m", [], "search index=main")));

    [Fact]
    public void Calls_within_quotes_are_expanded_and_bring_no_bare_quotes()
    {
        Assert.Equal("\"search x=1\"", Text("\"search `m`\"", new Macro("m", [], "x=1")));
        Assert.Equal("\"search x=\\\"1\\\" y\"", Text("\"search `m`\"", new Macro("m", [], "x=\"1\" y")));
        Assert.Equal("\"-1d\"", Text("\"`m`\"", new Macro("m", [], "\"-1d\"")));
    }

    [Fact]
    public void A_lone_backtick_within_quotes_is_text()
    {
        const string text = "| eval a=replace(b, \"`\", \"\") | `m`";
        Assert.Equal("| eval a=replace(b, \"`\", \"\") | head", Text(text, new Macro("m", [], "head")));
    }

    [Fact]
    public void Comments_keep_what_they_hold() => Assert.Equal("a ```see `m` ``` b", Text("a ```see `m` ``` `m`", new Macro("m", [], "b")));

    [Fact]
    public void An_unknown_macro_stays_in_place_and_is_named()
    {
        var expansion = Expand("a | `nobody(x)`");
        Assert.Equal("a | `nobody(x)`", expansion.Text);
        var diagnostic = Assert.Single(expansion.Diagnostics);
        Assert.Equal((DiagnosticKind.Name, new Span(4, 11)), (diagnostic.Kind, diagnostic.At));
        Assert.Contains("nobody(1)", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`a`")]
    [InlineData("x [search \"`b`\"]")]
    public void A_macro_that_calls_itself_at_any_depth_is_a_diagnostic(string text)
    {
        var expansion = Expand(text, new Macro("a", [], "x `b` y"), new Macro("b", [], "`c`"), new Macro("c", [], "`a`"));
        var diagnostic = Assert.Single(expansion.Diagnostics);
        Assert.Equal(("SPL018", text.IndexOf('`', StringComparison.Ordinal)), (diagnostic.Code, diagnostic.At.Start));
    }

    [Theory]
    [InlineData("lol ")]
    [InlineData("")]
    public void Doubling_macros_end_in_a_diagnostic(string leaf)
    {
        var macros = new List<Macro> { new("m0", [], leaf) };
        for (var index = 1; index < 60; index++) macros.Add(new($"m{index}", [], $"`m{index - 1}``m{index - 1}`".Replace("``", "` `", StringComparison.Ordinal)));
        var expansion = Expand("a `m59`", [.. macros]);
        Assert.Equal("a `m59`", expansion.Text);
        Assert.Contains(expansion.Diagnostics, diagnostic => diagnostic.Code == "SPL019");
    }

    [Fact]
    public void Large_definitions_end_in_a_diagnostic()
    {
        var expansion = Expand(string.Concat(Enumerable.Repeat("`big` ", 20)), new Macro("big", [], new string('x', 100_000)));
        Assert.Equal("SPL019", Assert.Single(expansion.Diagnostics).Code);
    }

    [Fact]
    public void Macros_nested_too_deep_end_in_a_diagnostic()
    {
        var macros = Enumerable.Range(0, 200).Select(index => new Macro($"m{index}", [], $"`m{index + 1}`")).ToArray();
        Assert.Equal("SPL012", Assert.Single(Expand("`m0`", macros).Diagnostics).Code);
    }

    [Fact]
    public void A_place_in_the_expanded_text_leads_back_to_the_original()
    {
        const string text = "aa `m(x)` bb `n` cc";
        var expansion = Expand(text, new Macro("m", ["p"], "long $p$ `n` text"), new Macro("n", [], "inner"));
        Assert.Equal("aa long x inner text bb inner cc", expansion.Text);
        Assert.Equal(0, expansion.ToOriginal(0));
        Assert.Equal(3, expansion.ToOriginal(expansion.Text.IndexOf("text", StringComparison.Ordinal)));
        Assert.Equal(3, expansion.ToOriginal(expansion.Text.IndexOf("inner", StringComparison.Ordinal)));
        Assert.Equal(10, expansion.ToOriginal(expansion.Text.IndexOf("bb", StringComparison.Ordinal)));
        Assert.Equal(text.IndexOf("cc", StringComparison.Ordinal), expansion.ToOriginal(expansion.Text.IndexOf("cc", StringComparison.Ordinal)));
        Assert.Equal(["m(1)", "n", "n"], expansion.Used.Select(call => call.Key));
    }

    [Fact]
    public void An_eval_based_definition_needs_an_evaluator()
    {
        var source = new Source(new Macro("m", ["a"], "\"$a$\" . \"x\"") { IsEval = true });
        Assert.Equal("SPL021", Assert.Single(MacroExpander.Expand("`m(1)`", source).Diagnostics).Code);
        Assert.Equal("<\"1\" . \"x\">", MacroExpander.Expand("`m(1)`", source, expression => $"<{expression}>").Text);
    }

    [Fact]
    public void A_validation_that_does_not_hold_refuses_with_the_macros_own_message()
    {
        var source = new Source(new Macro("m", ["a"], "head $a$") { Validation = "isnum($a$)", ErrorMessage = "a number, please" });
        Assert.Equal("head 1", MacroExpander.Expand("`m(1)`", source, _ => "true").Text);
        var refused = MacroExpander.Expand("`m(x)`", source, _ => "false");
        Assert.Equal("`m(x)`", refused.Text);
        Assert.Contains("a number, please", Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal("SPL021", Assert.Single(MacroExpander.Expand("`m(1)`", source).Diagnostics).Code);
    }
}
