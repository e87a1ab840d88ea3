using Karst.App;

namespace Karst.Units.App;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => [.. VerbTable.All.Select(static verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Help_of_a_verb_shows_usage_options_and_an_example(string verb)
    {
        var (code, output, errors) = Cli.Run(verb, "--help");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"karst {verb} ", output, StringComparison.Ordinal);
        Assert.Contains("examples\n  ", output, StringComparison.Ordinal);
        Assert.Contains("--help", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_one_line() => Assert.Matches("^karst [0-9]+\\.[0-9]+\\.[0-9]+\n$", Cli.Run("--version").Output);

    [Fact]
    public void Without_arguments_the_help_goes_to_stderr_and_the_exit_code_is_2()
    {
        var (code, output, errors) = Cli.Run();
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("karst demo", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serch", "karst: `serch` is no command of karst; `search` is\n  = help: `karst --help` lists the commands\n")]
    [InlineData("xyzzy", "karst: `xyzzy` is no command of karst\n  = help: `karst --help` lists the commands\n")]
    public void An_unknown_verb_is_named(string verb, string message) => Assert.Equal((2, "", message), Cli.Run(verb));

    [Fact]
    public void A_misspelt_option_is_no_path()
    {
        var (code, _, errors) = Cli.Run("search", "| makeresults", "--fromat=csv");
        Assert.Equal(2, code);
        Assert.StartsWith("karst: `search` has no option `--fromat=csv`", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--tz", "Europa/Berlin", "IANA")]
    [InlineData("--now", "yesterday", "no moment")]
    [InlineData("--earliest", "24 hours", "no time")]
    [InlineData("--threads", "0", "at least 1")]
    [InlineData("--limit", "sort", "a whole number is needed")]
    [InlineData("--limit", "srot=1", "the limits are")]
    [InlineData("--format", "xml", "there is no format `xml`")]
    [InlineData("--app", "no-such-folder", "no such folder")]
    public void A_value_that_cannot_be_is_named(string option, string value, string message)
    {
        var (code, output, errors) = Cli.Run("search", "| makeresults", option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("powershell")]
    public void A_completion_script_knows_every_verb_and_option(string shell)
    {
        var script = Cli.Run("completion", shell).Output;
        foreach (var verb in VerbTable.All)
        {
            Assert.Contains(verb.Name, script, StringComparison.Ordinal);
            foreach (var option in verb.Options) Assert.Contains(option.Name[2..], script, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("`catalog` cannot `burn`", "catalog", "burn", "rules")]
    [InlineData("`--out DIR`", "catalog", "build", "rules")]
    [InlineData("`no-such-folder`: there is no such rule file or folder", "catalog", "build", "no-such-folder", "--out", "x")]
    public void The_catalogue_says_what_it_needs(string message, params string[] arguments)
    {
        var (code, _, errors) = Cli.Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dedup", "dedup")]
    [InlineData("eval", "coalesce", "coalesce")]
    [InlineData("stats", "distinct_count", "dc")]
    [InlineData("hunt", "karst hunt")]
    [InlineData("cli", "search", "karst search")]
    public void Help_prints_the_page_of_a_topic(params string[] words)
    {
        var (code, output, _) = Cli.Run(["help", .. words[..^1]]);
        Assert.Equal(0, code);
        Assert.StartsWith(words[^1], output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_without_a_page_names_the_nearest()
    {
        var (code, output, errors) = Cli.Run("help", "dedupe");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("there is one about `dedup`", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_is_a_name_and_never_a_path() => Assert.Equal(2, Cli.Run("help", "../cli/search").Code);
}
