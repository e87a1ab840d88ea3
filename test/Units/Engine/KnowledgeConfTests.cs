using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class KnowledgeConfTests
{
    readonly KnowledgeProblems _problems = new();

    [Fact]
    public void A_file_that_is_no_UTF_8_is_read_as_Latin_1_and_said_so()
    {
        using var app = new TemporaryApp();
        var problems = new KnowledgeProblems();
        app.Write("default/props.conf", "");
        var path = Path.Combine(app.Path, "default/props.conf");
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes("[sch\u00fctz]\nEVAL-a = \"\u00fc\"\n"));
        var conf = ConfFile.Read(path, problems);
        Assert.Equal("\"\u00fc\"", conf.Find("sch\u00fctz")!["EVAL-a"]);
        Assert.Contains("Latin-1", Assert.Single(problems.All).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_belong_to_the_stanza_above_them_and_those_above_all_to_default()
    {
        var file = Parse("a = 1\n[x]\n a=2 \n# a = 3\n[y]\n");
        Assert.Equal("1", file.Find("default")!["a"]);
        Assert.Equal("2", file.Find("x")!["a"]);
        Assert.Null(file.Find("y")!["a"]);
        Assert.Empty(_problems.All);
    }

    [Fact]
    public void A_backslash_at_the_end_of_a_line_goes_on_with_the_next_line()
    {
        var file = Parse("[x]\ndefinition = a \\\n  | b\\\n\nnext = 1\r\n");
        Assert.Equal("a \n  | b", file.Find("x")!["definition"]);
        Assert.Equal("1", file.Find("x")!["next"]);
        Assert.Equal(2, file.Find("x")!.Find("definition")!.Line);
        Assert.Equal(5, file.Find("x")!.Find("next")!.Line);
    }

    [Fact]
    public void A_value_keeps_its_equals_signs_and_the_later_setting_of_a_name_holds()
    {
        var file = Parse("[x]\nsearch = a=b\nsearch = c=d # e\n");
        Assert.Equal("c=d # e", file.Find("x")!["search"]);
    }

    [Fact]
    public void What_is_neither_stanza_nor_setting_is_told_with_its_line_and_the_rest_is_read()
    {
        var file = Parse("[x\nnonsense\n[y]\na = 1\n");
        Assert.Equal("1", file.Find("y")!["a"]);
        Assert.Equal([1, 2], _problems.All.Select(problem => problem.Line));
    }

    [Fact]
    public void Local_lies_over_default_setting_by_setting()
    {
        using var app = new TemporaryApp();
        app.Write("default/props.conf", "[x]\na = 1\nb = 1\n");
        app.Write("local/props.conf", "[x]\nb = 2\n");
        var stanza = new AppFolder(app.Path, _problems).Conf("props").Find("x")!;
        Assert.Equal("1", stanza["a"]);
        Assert.Equal("2", stanza["b"]);
    }

    [Fact]
    public void A_folder_of_apps_gives_each_app_by_name()
    {
        using var folder = new TemporaryApp();
        folder.Write("b/default/app.conf", "");
        folder.Write("a/local/app.conf", "[package]\nid = first\n");
        folder.Write("c/readme.txt", "");
        Assert.Equal(["first", "b"], AppFolder.Discover(folder.Path, _problems).Select(app => app.Name));
    }

    [Fact]
    public void The_app_brought_last_wins_and_our_own_macros_lie_beneath_all()
    {
        using var first = new TemporaryApp();
        using var last = new TemporaryApp();
        first.Write("default/macros.conf", "[cloudtrail]\ndefinition = index=first\n[m(2)]\nargs = a, b\ndefinition = $a$-$b$\niseval = true\n");
        last.Write("default/macros.conf", "[cloudtrail]\ndefinition = index=last\n");
        var knowledge = new KnowledgeBase([new AppFolder(first.Path, _problems), new AppFolder(last.Path, _problems)], _problems);
        Assert.Equal("index=last", knowledge.Find("cloudtrail")!.Definition);
        Assert.Equal("rename $object$.* as *", knowledge.Find("drop_dm_object_name(1)")!.Definition);
        Assert.Equal(["a", "b"], knowledge.Find("m(2)")!.Arguments);
        Assert.True(knowledge.Find("m(2)")!.IsEval);
        Assert.Null(knowledge.Find("m"));
    }

    [Fact]
    public void A_filter_macro_that_nobody_defines_lets_everything_pass()
    {
        var knowledge = new KnowledgeBase([], _problems);
        Assert.Equal("search *", knowledge.Find("some_rule_filter")!.Definition);
        Assert.Null(knowledge.Find("some_rule_other"));
    }

    [Fact]
    public void A_macro_whose_arguments_do_not_fit_its_name_is_told_and_not_defined()
    {
        using var app = new TemporaryApp();
        app.Write("default/macros.conf", "[m(2)]\nargs = a\ndefinition = $a$\n");
        var knowledge = new KnowledgeBase([new AppFolder(app.Path, _problems)], _problems);
        Assert.Null(knowledge.Find("m(2)"));
        Assert.Equal(1, Assert.Single(_problems.All).Line);
    }

    [Theory]
    [InlineData("aws:cloudtrail", AutomaticExtraction.Json)]
    [InlineData("AWS:CloudTrail", AutomaticExtraction.Json)]
    [InlineData("something", AutomaticExtraction.KeyValue)]
    public void KV_MODE_of_the_sourcetype_says_how_fields_are_found(string sourcetype, AutomaticExtraction expected)
    {
        var knowledge = new KnowledgeBase([], _problems);
        var fields = knowledge.FieldsFor(new EventOrigin("f", sourcetype, "h", "main"), FieldSet.Of("eventName", "_time"));
        Assert.Equal(expected, fields.Automatic);
        Assert.Equal(["eventName"], fields.RawFields.Names);
    }

    [Fact]
    public void A_source_stanza_wins_over_the_host_stanza_and_that_over_the_sourcetype()
    {
        using var app = new TemporaryApp();
        app.Write("default/props.conf", """
            [a:b]
            KV_MODE = json
            TZ = UTC
            [host::web*]
            KV_MODE = xml
            [source::.../audit/*.log]
            KV_MODE = none
            [(?::){0}a:c*]
            KV_MODE = json
            """);
        var knowledge = new KnowledgeBase([new AppFolder(app.Path, _problems)], _problems);
        Assert.Equal(AutomaticExtraction.Json, Mode("/x/app.log", "a:b", "db1"));
        Assert.Equal(AutomaticExtraction.Xml, Mode("/x/app.log", "a:b", "web1"));
        Assert.Equal(AutomaticExtraction.None, Mode("/x/audit/a.log", "a:b", "web1"));
        Assert.Equal(AutomaticExtraction.Xml, Mode("/x/audit/y/a.log", "a:b", "web1"));
        Assert.Equal(AutomaticExtraction.Json, Mode("/x", "a:cat", "db1"));

        AutomaticExtraction Mode(string source, string sourcetype, string host) =>
            knowledge.FieldsFor(new EventOrigin(source, sourcetype, host, "main"), FieldSet.All).Automatic;
    }

    [Fact]
    public void The_pack_that_stands_for_an_add_on_steps_aside_when_that_is_brought()
    {
        using var app = new TemporaryApp();
        app.Write("default/app.conf", "[package]\nid = Splunk_TA_aws\n");
        var knowledge = new KnowledgeBase([new AppFolder(app.Path, _problems)], _problems);
        Assert.Equal(AutomaticExtraction.KeyValue, knowledge.FieldsFor(new EventOrigin("f", "aws:cloudtrail", "h", "main"), FieldSet.All).Automatic);
    }

    [Fact]
    public void Settings_above_the_first_stanza_are_those_of_default_behind_a_byte_order_mark_too()
    {
        Assert.Equal("1", Parse("\uFEFFa = 1\n[b]\nc = 2\n").Find("default")?["a"]);
        Assert.Equal("1", Parse("a \\\n= 1\n").Find("default")?["a"]);
        Assert.Empty(_problems.All);
    }

    ConfFile Parse(string text) => ConfFile.Parse(text, "x.conf", _problems);
}

/// <summary>A folder of files for one test.</summary>
sealed class TemporaryApp : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("karst").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal void Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
