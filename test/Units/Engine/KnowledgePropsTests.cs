using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class KnowledgePropsTests : IDisposable
{
    readonly TemporaryApp _app = new();
    readonly KnowledgeProblems _problems = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void AS_takes_an_alias_away_where_the_source_is_missing_and_ASNEW_keeps_it()
    {
        Props("FIELDALIAS-a = x AS y\nFIELDALIAS-b = x ASNEW z");
        Assert.Equal(["1|1|old", "||old", "||"], Run(["y", "z"], ["x", "y", "z"], ["1", "old", "old"], [null, "old", "old"], [null, null, null]));
        Assert.Equal(["1|1|1"], Run(["y", "z"], ["x", "y", "z"], ["1", "old", null]));
    }

    [Fact]
    public void Calculated_fields_all_see_the_state_before_them_and_an_alias_is_before_them()
    {
        Props("FIELDALIAS-a = x AS y\nEVAL-y = y.\"1\"\nEVAL-z = y.\"2\"");
        Assert.Equal(["a|a1|a2"], Run(["x", "y", "z"], ["x"], ["a"]));
    }

    [Fact]
    public void Lookups_see_calculated_fields()
    {
        _app.Write("default/transforms.conf", "[t]\nfilename = t.csv\n");
        _app.Write("lookups/t.csv", "code,action\nsuccess,allowed\n");
        Props("EVAL-code = coalesce(code, \"success\")\nLOOKUP-t = t code OUTPUTNEW action");
        Assert.Equal(["success|allowed"], Run(["code", "action"], ["code"], new string?[] { null }));
    }

    [Fact]
    public void Only_the_stages_that_the_wanted_fields_need_are_given_and_the_raw_fields_behind_them()
    {
        Props("FIELDALIAS-a = x AS y\nEVAL-z = lower(y)\nEVAL-w = other");
        var knowledge = Knowledge().FieldsFor(new EventOrigin("f", "t", "h", "main"), FieldSet.Of("z", "_time"));
        Assert.Equal(["x"], knowledge.RawFields.Names);
        Assert.Equal(["fieldalias x AS y", "calculate"], knowledge.Stages.Select(stage => stage.Describe().Split(" z=")[0]));
        Assert.True(Knowledge().FieldsFor(new EventOrigin("f", "t", "h", "main"), FieldSet.All).RawFields.IsAll);
    }

    [Fact]
    public void A_calculated_field_that_reads_itself_needs_the_raw_field()
    {
        Props("EVAL-code = coalesce(code, \"success\")");
        Assert.Equal(["code"], Knowledge().FieldsFor(new EventOrigin("f", "t", "h", "main"), FieldSet.Of("code")).RawFields.Names);
    }

    [Fact]
    public void Event_types_are_searches_and_give_tags()
    {
        Props("KV_MODE = json");
        _app.Write("default/eventtypes.conf", """
            [removals]
            search = sourcetype=t *delete* OR *remove*
            [second]
            search = eventtype=rem* user=ann
            [elsewhere]
            search = sourcetype=other
            [off]
            search = *
            disabled = 1
            [piped]
            search = a | stats count
            """);
        _app.Write("default/tags.conf", "[eventtype=removals]\nchange = enabled\ncloud = enabled\nnever = disabled\n[eventtype=second]\nann = enabled\n[user=bob%20b]\nadmin = enabled\n");
        var rows = Run(["eventtype", "tag", "tag::user"], ["_raw", "sourcetype", "user"], ["Deleted it", "t", "ann"], ["x REMOVE", "t", "bob b"], ["nothing", "t", "ann"]);
        Assert.Equal([
            "Deleted it|t|ann||removals\nsecond|ann\nchange\ncloud|ann\nchange\ncloud",
            "x REMOVE|t|bob b|admin|removals|admin\nchange\ncloud|change\ncloud",
            "nothing|t|ann||||"], rows);
        Assert.Contains(_problems.All, problem => problem.Line == 11 && problem.File.EndsWith("eventtypes.conf", StringComparison.Ordinal));
    }

    [Fact]
    public void EXTRACT_and_REPORT_make_fields_of_the_raw_text()
    {
        _app.Write("default/transforms.conf", """
            [pairs]
            REGEX = (\w+)=(\w+)
            FORMAT = $1::$2
            [twice]
            REGEX = n=(?<all>\d)
            MV_ADD = true
            [columns]
            SOURCE_KEY = list
            DELIMS = ","
            FIELDS = first, "second"
            """);
        Props("KV_MODE = none\nEXTRACT-a = user (?P<user>\\w+)\nEXTRACT-b = ^(?<letter>.) in user\nREPORT-c = pairs, twice, columns, gone");
        Assert.Equal(
            ["user ann n=1 n=2 list=x|ann|a|1|x|1\n2|x"],
            Run(["user", "letter", "n", "list", "all", "first"], ["_raw"], ["user ann n=1 n=2 list=x"]));
        Assert.Contains(_problems.All, problem => problem.Message.Contains("[gone]", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_honoured_is_told_with_its_file_and_line()
    {
        Props("TRANSFORMS-x = y\nEVAL-a = nosuch(1)\nEXTRACT-b = (\nLOOKUP-c = nobody a\nFIELDALIAS-d = a b\nKV_MODE = fancy");
        Run(["a"], ["_raw"], ["x"]);
        Assert.Equal([2, 3, 4, 5, 6, 7], _problems.All.Select(problem => problem.Line).Order());
    }

    void Props(string settings) => _app.Write("default/props.conf", $"[t]\n{settings}\n");

    KnowledgeBase Knowledge() => new([], [new AppFolder(_app.Path, _problems)], _problems);

    List<string> Run(string[] wanted, string[] fields, params string?[][] rows)
    {
        var knowledge = Knowledge().FieldsFor(new EventOrigin("f", "t", "h", "main"), FieldSet.Of(wanted));
        return KnowledgeRows.Run([.. knowledge.Extractions, .. knowledge.Stages], fields, rows);
    }
}
