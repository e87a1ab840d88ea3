using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Rules.Escu;
using Karst.Spl;

namespace Karst.Units.Rules;

public sealed class RuleAnalysisTests
{
    sealed class Macros(params (string Key, string Definition)[] macros) : IMacroSource
    {
        public Macro? Find(string key) =>
            macros.FirstOrDefault(macro => macro.Key == key) is { Definition: { } definition }
                ? new Macro(key.Split('(')[0], key.EndsWith("(1)", StringComparison.Ordinal) ? ["field"] : [], definition)
                : null;
    }

    static RuleAnalysis Of(string search, params (string, string)[] macros) => RuleAnalysis.Of(search, new Macros(macros));

    static string Predicates(string search) => string.Join("; ", Of(search).Stages.SelectMany(stage => stage.Predicates).Select(PredicateText.Describe));

    [Fact]
    public void The_seeds_rule_has_eleven_stages_and_four_indicators()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var rule = Assert.Single(RuleFolder.Load([Path.Combine(SharedData.Root!, "seed")]).Rules);
        var content = new EscuContent(Path.Combine(SharedData.Root!, "corpora/escu-2024-10"));
        var analysis = RuleAnalysis.Of(rule, new Content(content));
        Assert.Equal(
            ["search", "spath", "mvexpand", "spath", "search", "rename", "rename", "stats", "search", "search", "search"],
            analysis.Stages.Select(stage => stage.Command));
        Assert.Equal("| `security_content_ctime(firstTime)`", analysis.Stages[8].Text);
        Assert.StartsWith("| convert timeformat=", analysis.Stages[8].Expansion, StringComparison.Ordinal);
        Assert.Equal("| search *", analysis.Stages[10].Expansion);
        Assert.Equal(
            [
                "eventName Eq DescribeImageScanFindings", "eventSource Eq ecr.amazonaws.com", "severity In LOW INFORMATIONAL UNKNOWN",
                "sourcetype Eq aws:cloudtrail",
            ],
            analysis.Indicators.Select(indicator => $"{indicator.Field} {indicator.Kind} {string.Join(' ', indicator.Values)}"));
        Assert.Empty(analysis.Unanalyzed);
        Assert.Empty(analysis.Diagnostics);
        var events = EventTable.ReadFolder(Path.Combine(SharedData.Repository, "content"));
        Assert.Equal([new CoveredEvent("AWS-ecr", "DescribeImageScanFindings")], new EventCoverage(events).Of(rule, analysis));
    }

    sealed class Content(EscuContent content) : IMacroSource
    {
        public Macro? Find(string key) => content.FindMacro(key);
    }

    [Theory]
    [InlineData("a=1 b!=2 c>3 d<=4", "a eq 1; b ne 2; c gt 3; d le 4")]
    [InlineData("a=*x* b=x* c=*x d=a*b e=*", "a contains x; b starts_with x; c ends_with x; d match a*b; e exists")]
    [InlineData("a!=*x* f!=*", "not a contains x; not f exists")]
    [InlineData("a=1 OR b=2", "(a eq 1 or b eq 2)")]
    [InlineData("NOT (a=1 OR b=2)", "not a eq 1; not b eq 2")]
    [InlineData("NOT (a=1 b=2)", "(not a eq 1 or not b eq 2)")]
    [InlineData("NOT a IN (1, 2)", "not a in 1, 2")]
    [InlineData("index=a error \"two words\" earliest=-1d", "index eq a; _raw contains error; _raw contains two words")]
    [InlineData("* | where a=\"x\" AND 5 < b", "a eq x; b gt 5")]
    [InlineData("* | where like(a, \"%x%\") OR a LIKE \"x%\"", "(a contains x or a starts_with x)")]
    [InlineData("* | where match(a, \"^x$\") AND NOT cidrmatch(\"10.0.0.0/8\", ip)", "a regex ^x$; not ip cidr 10.0.0.0/8")]
    [InlineData("* | where in(a, \"x\", \"y\") AND b IN (\"z\")", "a in x, y; b in z")]
    [InlineData("* | where isnull(a) AND isnotnull(b)", "not a exists; b exists")]
    [InlineData("* | where NOT (a=1 AND b=2)", "(not a eq 1 or not b eq 2)")]
    [InlineData("* | regex a!=\"x+\"", "not a regex x+")]
    [InlineData("* | regex \"x+\"", "_raw regex x+")]
    [InlineData("| tstats count from datamodel=Endpoint.Processes where Processes.process_name=cmd.exe by Processes.dest", "Processes.process_name eq cmd.exe")]
    [InlineData("a=1 [search b=2 | table c]", "a eq 1; c in (subsearch)[b eq 2]")]
    [InlineData("a IN (x, *y*, z, 10.0.0.0/8)", "(a in x, z or a contains y or a cidr 10.0.0.0/8)")]
    [InlineData("NOT a IN (x, y*)", "not a in x; not a starts_with y")]
    [InlineData("a=10.1.0.0/16 b!=10.0.0.0/8 c=/etc/24", "a cidr 10.1.0.0/16; not b cidr 10.0.0.0/8; c eq /etc/24")]
    [InlineData("a=1 OR b=[search c=2 | return d]", "(a eq 1 or b eq (subsearch))")]
    [InlineData("NOT [| inputlookup known | fields user]", "not user in (lookup known)")]
    [InlineData("* | eval x=if(match(a, \"re\") AND b=1, \"y\", \"n\")", "(a regex re and b eq 1)")]
    [InlineData("* | eval x=case(a=1, \"p\", like(b, \"%q\"), \"r\", 1=1, \"s\", true(), \"t\")", "a eq 1; b ends_with q")]
    [InlineData("* | stats count(eval(a=\"x\")) AS n by b", "a eq x")]
    [InlineData("* | where lower(a)=\"x\" AND searchmatch(\"b=2 c\")", "a eq x; b eq 2; _raw contains c")]
    [InlineData("* | where isnotnull(mvfind(a, \"re\")) AND mvfind(b, \"s\")>=0", "a regex re; b regex s")]
    [InlineData("* | where match(a, \"re\")=true() OR match(b, \"s\")=false()", "(a regex re or not b regex s)")]
    [InlineData("* | where a LIKE \"x_y\"", "a match x_y")]
    [InlineData("* | lookup bad_files name AS file, host OUTPUT score", "file in (lookup bad_files); host in (lookup bad_files)")]
    [InlineData("* | join a [search b=2 | fields a]", "[b eq 2]")]
    [InlineData("* | map search=\"search b=2\"", "[b eq 2]")]
    [InlineData("* | map search=\"search b=$x$ c=2\"", "[b eq $x$ and c eq 2]")]
    [InlineData("* | transaction a startswith=(b=1 c=2) endswith=\"d=3\" maxspan=1h", "b eq 1; c eq 2; d eq 3")]
    [InlineData("| tstats count where index=a NOT (b=1 OR c=2) by d", "index eq a; not b eq 1; not c eq 2")]
    [InlineData("a=CASE(Bob) CASE(Ann)", "a eq Bob; _raw contains Ann")]
    public void Conditions_become_predicates(string search, string expected) => Assert.Equal(expected, Predicates(search));

    [Fact]
    public void Macros_are_expanded_before_their_conditions_are_read()
    {
        var analysis = Of("`c` a=1", ("c", "(sourcetype=x OR sourcetype=y)"));
        Assert.Equal(["a Eq 1", "sourcetype Eq x,y"], analysis.Indicators.Select(indicator => $"{indicator.Field} {indicator.Kind} {string.Join(',', indicator.Values)}"));
    }

    [Fact]
    public void An_undefined_macro_counts_as_not_analysed_and_is_a_diagnostic()
    {
        var analysis = Of("index=a | `gone`");
        Assert.NotEmpty(analysis.Diagnostics);
        Assert.Equal("the macro is not defined", Assert.Single(analysis.Unanalyzed).Reason);
    }

    [Fact]
    public void A_value_or_field_that_is_computed_is_named_as_such()
    {
        var analysis = Of("index=a | eval n=len(x) | stats count BY n | where n > 3 AND count > avg*2 AND substr(u, 1)=\"bob\"");
        Assert.Equal(
            ["count Gt avg*2 by avg*2", "index Eq a by ", "n Gt 3 by eval", "substr(u, 1) Eq bob by substr(u, 1)"],
            analysis.Indicators.Select(indicator => $"{indicator.Field} {indicator.Kind} {string.Join(',', indicator.Values)} by {indicator.Computed}"));
    }

    [Fact]
    public void What_map_and_foreach_fill_in_is_computed() =>
        Assert.Equal(
            ["<<FIELD>> foreach True False", "a  False False", "b map False True"],
            Of("a=1 | foreach x* [eval <<FIELD>>=if('<<FIELD>>'=\"y\", 1, 0)] | map search=\"search b=$x$\"").Indicators
                .Select(indicator => $"{indicator.Field} {indicator.Computed} {indicator.IsExpression} {indicator.HasComputedValues}"));

    [Theory]
    [InlineData("| tstats values(Processes.process) as process from datamodel=Endpoint.Processes | search process=*x*", null)]
    [InlineData("index=a | stats latest(x) AS process | search process=*x*", null)]
    [InlineData("index=a | stats dc(x) AS process | search process=*x*", "stats")]
    [InlineData("index=a | eval process=x | rename process as p | rename p as process | search process=*x*", "eval")]
    [InlineData("index=a | rename x as process | search process=*x*", "rename x")]
    [InlineData("index=a | lookup t k OUTPUT process | search process=*x*", "lookup")]
    public void A_field_is_computed_when_a_command_makes_new_values_of_it(string search, string? computed) =>
        Assert.Equal(computed, Of(search).Indicators.Single(indicator => indicator.Field == "process").Computed);

    [Theory]
    [InlineData("| tstats count from datamodel=Endpoint.Processes where Processes.process=x", "Endpoint.Processes")]
    [InlineData("| tstats count from datamodel=Network_Resolution where nodename=DNS", "Network_Resolution.DNS")]
    [InlineData("| tstats count from datamodel Web", "Web")]
    [InlineData("| from datamodel:Risk.All_Risk", "Risk.All_Risk")]
    [InlineData("| from datamodel Web.Web | join x [| tstats count from datamodel=Change.All_Changes by All_Changes.x]", "Change.All_Changes,Web.Web")]
    [InlineData("| datamodel Malware Malware_Attacks search", "Malware.Malware_Attacks")]
    public void Data_models_are_named_with_their_datasets(string search, string models) => Assert.Equal(models, string.Join(',', Of(search).Models));

    [Fact]
    public void Equal_indicators_stand_once_without_regard_to_case() =>
        Assert.Equal(["x"], Assert.Single(Of("a=x OR a=X").Indicators).Values);

    [Fact]
    public void All_searches_of_the_corpus_can_be_analysed()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var root = Path.Combine(SharedData.Root!, "corpora/escu-2024-10");
        var content = new Content(new EscuContent(root));
        foreach (var rule in RuleFolder.Load([Path.Combine(root, "detections/cloud")]).Rules)
            Assert.NotEmpty(RuleAnalysis.Of(rule, content).Stages);
    }
}
