using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Lookups;
using Karst.Engine.Knowledge.Props;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Units.Engine;

public sealed class KnowledgeLookupTests
{
    [Fact]
    public void A_csv_file_may_have_a_mark_quotes_line_breaks_and_missing_cells()
    {
        var table = CsvTable.Parse(Encoding.UTF8.GetBytes("\uFEFFa,\"b c\",d\r\n1,\"x \"\"y\"\"\nz, w\",3\r\n\r\n4\n,\"\",6,7"));
        Assert.Equal(["a", "b c", "d"], table.Columns);
        Assert.Equal(3, table.Rows);
        Assert.Equal("1|x \"y\"\nz, w|3", Row(0));
        Assert.Equal("4||", Row(1));
        Assert.Equal("||6", Row(2));

        string Row(int row) => string.Join('|', table.Cells.Select(column => column[row]));
    }

    [Fact]
    public void A_match_sets_the_columns_and_no_match_takes_the_old_value_away()
    {
        var rows = Run("t user OUTPUT role", Table("user,role\nann,admin\nbob,guest\n"), ["user", "role"], ["ann", "x"], ["eve", "x"], [null, "x"]);
        Assert.Equal(["ann|admin", "eve|", "|x"], rows);
    }

    [Fact]
    public void OUTPUTNEW_leaves_a_value_that_is_there()
    {
        var rows = Run("t user OUTPUTNEW role", Table("user,role\nann,admin\n"), ["user", "role"], ["ann", "x"], ["ann", null]);
        Assert.Equal(["ann|x", "ann|admin"], rows);
    }

    [Fact]
    public void Without_OUTPUT_all_other_columns_come()
    {
        var rows = Run("t user AS who", Table("user,role,team\nann,admin,blue\n"), ["who"], ["ann"]);
        Assert.Equal(["ann|admin|blue"], rows);
    }

    [Fact]
    public void Several_matches_become_a_multivalue_field_in_the_order_of_the_file()
    {
        var rows = Run("t user OUTPUT role", Table("user,role\nann,a\nbob,b\nann,c\n"), ["user"], ["ann"]);
        Assert.Equal(["ann|a\nc"], rows);
    }

    [Fact]
    public void Each_value_of_a_multivalue_field_is_looked_up_and_a_row_found_twice_counts_once()
    {
        var rows = Run("t user OUTPUT role", Table("user,role\nann,a\nbob,b\n"), ["user"], ["bob\nann\nbob"]);
        Assert.Equal(["bob\nann\nbob|b\na"], rows);
    }

    [Fact]
    public void Case_counts_unless_the_definition_says_otherwise()
    {
        const string Csv = "user,role\nAnn,admin\nÄrger,x\n";
        Assert.Equal(["ann|"], Run("t user OUTPUT role", Table(Csv), ["user"], ["ann"]));
        var table = Table(Csv, new LookupDefinition("t") { CaseSensitive = false });
        Assert.Equal(["aNN|admin", "äRGER|x"], Run("t user OUTPUT role", table, ["user"], ["aNN"], ["äRGER"]));
    }

    [Theory]
    [InlineData("rundll32.exe", "1\n2\n5")]
    [InlineData("x.exe", "2\n4\n5")]
    [InlineData("x.dll", "3\n5")]
    [InlineData("x", "5")]
    [InlineData("ax.exeb", "5\n6")]
    public void WILDCARD_columns_hold_patterns_and_rows_come_in_the_order_of_the_file(string process, string expected)
    {
        var table = Table("p,n\nrundll32.exe,1\n*.exe,2\n*.dll,3\nx*.exe,4\n*,5\n*x.exe?*,7\n*x.exe*b,6\n", Wildcard("p"));
        Assert.Equal([$"{process}|{expected}"], Run("t p OUTPUT n", table, ["p"], [process]));
    }

    [Fact]
    public void WILDCARD_patterns_of_any_form_find_what_each_alone_would()
    {
        var piece = Gen.Char["abC.*"].Array[1, 9].Select(letters => new string(letters));
        Gen.Select(piece.List[1, 12], Gen.Char["abc."].Array[1, 14].Select(letters => new string(letters))).Sample((patterns, text) =>
        {
            var table = Table("p,n\n" + string.Concat(patterns.Select((pattern, row) => $"{pattern},{row}\n")), Wildcard("p") with { CaseSensitive = false });
            var fitting = patterns.Select((pattern, row) => (pattern, row)).Where(pair => Regex.IsMatch(text, $"^{Regex.Escape(pair.pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase)).Select(pair => pair.row);
            Assert.Equal([$"{text}|{string.Join('\n', fitting)}"], Run("t p OUTPUT n", table, ["p"], [text]));
        });
    }

    [Fact]
    public void An_exact_and_a_wildcard_column_must_both_match()
    {
        var table = Table("e,c,a\nGet,success,s\nGet,*,f\nPut,*,p\n", Wildcard("c") with { MaxMatches = 1 });
        Assert.Equal(["Get|success|s", "Get|denied|f", "Put|x|p", "Del|x|"], Run("t e, c OUTPUT a", table, ["e", "c"], ["Get", "success"], ["Get", "denied"], ["Put", "x"], ["Del", "x"]));
    }

    [Theory]
    [InlineData("10.1.2.3", "a\nb")]
    [InlineData("10.200.0.1", "a")]
    [InlineData("10.1.2.9", "b\nd", "10.1.2.8/31")]
    [InlineData("2001:db8::7", "c")]
    [InlineData("ec2.amazonaws.com", "")]
    public void CIDR_columns_hold_networks(string address, string expected, string network = "10.0.0.0/8")
    {
        var table = Table($"net,n\n{network},{(network == "10.0.0.0/8" ? "a" : "d")}\n10.1.0.0/16,b\n2001:db8::/32,c\n", new LookupDefinition("t")
        {
            MatchTypes = new Dictionary<string, LookupMatch> { ["net"] = LookupMatch.Cidr },
        });
        var found = Run("t net AS ip OUTPUT n", table, ["ip"], [address]).Single().Split('|')[1];
        Assert.Equal(expected.Split('\n').Order(), found.Split('\n').Order());
    }

    [Fact]
    public void Too_few_matches_are_filled_up_with_the_default()
    {
        var table = Table("e,c\nRun,instance\n", new LookupDefinition("t") { MinMatches = 1, DefaultMatch = "unknown" });
        Assert.Equal(["Run|instance", "Get|unknown"], Run("t e OUTPUT c", table, ["e"], ["Run"], ["Get"]));
    }

    [Fact]
    public void A_column_that_the_table_lacks_is_named()
    {
        var error = Assert.Throws<SplException>(() => LookupStage.Bind(PropsSettings.ReadLookup("t user OUTPUT rule"), Table("user,role\n")));
        Assert.Equal("KNW003", error.Diagnostic.Code);
        Assert.Contains("`rule`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_types_are_read_and_what_is_none_is_named()
    {
        var types = LookupDefinition.ParseMatchTypes("WILDCARD(a), cidr(b),EXACT(c), FUZZY(d)", out var unknown);
        Assert.Equal(LookupMatch.Wildcard, types["a"]);
        Assert.Equal(LookupMatch.Cidr, types["b"]);
        Assert.Equal("FUZZY(d)", unknown);
    }

    [Fact]
    public void A_lookup_is_found_by_its_stanza_and_by_its_file_name()
    {
        using var app = new TemporaryApp();
        app.Write("default/transforms.conf", "[people]\nfilename = users.csv\ncase_sensitive_match = false\n[script]\nexternal_cmd = x.py a b\n[gone]\nfilename = gone.csv\n");
        app.Write("lookups/users.csv", "user,role\nann,admin\n");
        var problems = new KnowledgeProblems();
        var knowledge = new KnowledgeBase([new AppFolder(app.Path, problems)], problems);
        Assert.False(knowledge.FindLookup("people")!.Definition.CaseSensitive);
        Assert.True(knowledge.FindLookup("users.csv")!.Definition.CaseSensitive);
        Assert.Null(knowledge.FindLookup("nobody"));
        Assert.Contains("x.py", Assert.Throws<SplException>(() => knowledge.FindLookup("script")).Message, StringComparison.Ordinal);
        Assert.Contains("gone.csv", Assert.Throws<SplException>(() => knowledge.FindLookup("gone")).Message, StringComparison.Ordinal);
    }

    static LookupDefinition Wildcard(string column) =>
        new("t") { MatchTypes = new Dictionary<string, LookupMatch> { [column] = LookupMatch.Wildcard } };

    static LookupTable Table(string csv, LookupDefinition? definition = null) =>
        LookupTable.Parse(definition ?? new LookupDefinition("t"), Encoding.UTF8.GetBytes(csv));

    static List<string> Run(string arguments, LookupTable table, string[] fields, params string?[][] rows) =>
        KnowledgeRows.Run([LookupStage.Bind(PropsSettings.ReadLookup(arguments), table)], fields, rows);
}

/// <summary>Runs stages over rows that are given as texts; a text with line breaks is multivalue, null is absent.</summary>
static class KnowledgeRows
{
    internal static List<string> Run(IReadOnlyList<Stage> stages, string[] fields, params string?[][] rows)
    {
        var columns = fields.Select((field, index) => new Column(field, [.. rows.Select(row => ToValue(row[index]))])).ToArray();
        var found = new List<string>();
        Push(stages, new Batch(rows.Length, columns), batch =>
        {
            for (var row = 0; row < batch.Count; row++)
                found.Add(string.Join('|', batch.Columns.ToArray().Select(column => column.Values[row])));
        });
        return found;
    }

    internal static void Push(IReadOnlyList<Stage> stages, Batch batch, Action<Batch> take)
    {
        var run = new RunContext { Now = 0 };
        Operator next = new Sink(out_ => { take(out_); return true; });
        foreach (var stage in stages.Reverse())
        {
            var opened = stage.Open(run);
            opened.Next = next;
            next = opened;
        }
        next.Push(batch);
        next.Finish();
    }

    static Value ToValue(string? text) => text is null ? Value.Null : Value.FromMany(text.Split('\n').Select(Value.FromText).ToArray());
}
