using System.Diagnostics;
using System.Text;
using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.Units.Rules;

public sealed class RuleFolderTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    static string RuleText(string name, string id) => $"name: {name}\nid: {id}\ntype: TTP\nstatus: production\nsearch: index=a\n";

    [Fact]
    public void One_bad_file_is_named_and_the_rest_goes_on_in_the_order_of_paths()
    {
        Write("b/two.yml", RuleText("two", "2"));
        Write("a/one.yaml", RuleText("one", "1"));
        Write("a/bad.yml", "name: [");
        Write("macros/m.yml", "name: m\ndefinition: x\n");
        var result = RuleFolder.Load([_folder]);
        Assert.Equal(["one", "two"], result.Rules.Select(rule => rule.Name));
        Assert.EndsWith("bad.yml", Assert.Single(result.Diagnostics).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_comes_out_of_a_pipe_and_out_of_texts_in_any_encoding()
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "made with mkfifo");
        var pipe = Path.Combine(_folder, "pipe");
        using (var make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        var text = RuleText("piped", "1") + "description: " + new string('x', 100_000) + "\n";
        // Opening a pipe waits for the other side.
        var writing = Task.Run(() => File.WriteAllText(pipe, text), TestContext.Current.CancellationToken);
        Assert.Equal(100_000, Assert.Single(RuleFolder.Load([pipe]).Rules).Description.Length);
        await writing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "one.yml"), RuleText("Grüße", "2"), encoding, TestContext.Current.CancellationToken);
            Assert.Equal("Grüße", Assert.Single(RuleFolder.Load([Path.Combine(_folder, "one.yml")]).Rules).Name);
        }
    }

    [Fact]
    public void A_second_rule_with_the_same_id_is_refused_by_name()
    {
        Write("one.yml", RuleText("one", "ABC"));
        Write("two.yml", RuleText("two", "abc"));
        var result = RuleFolder.Load([_folder]);
        Assert.Equal("one", Assert.Single(result.Rules).Name);
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal(("two", 2), (problem.Rule, problem.At.Line));
    }

    [Fact]
    public void A_path_that_is_not_there_is_named() =>
        Assert.Contains("no such file", Assert.Single(RuleFolder.Load([Path.Combine(_folder, "gone")]).Diagnostics).Diagnostic.Message, StringComparison.Ordinal);

    [Fact]
    public void Macros_and_lookups_of_the_folder_above_are_found_by_name()
    {
        Write("detections/cloud/one.yml", RuleText("one", "1"));
        Write("macros/ctime.yml", "name: ctime\narguments: [field]\ndefinition: convert ctime($field$)\n");
        Write("lookups/tools.yml", "name: tools\nfilename: tools1.csv\nmatch_type: WILDCARD(a),WILDCARD(b)\ncase_sensitive_match: 'false'\nmin_matches: 1\n");
        Write("lookups/tools1.csv", "a,b\n");
        Write("lookups/seen.yml", "name: seen\ncollection: seen\nfields_list: _key, user\n");
        var folder = EscuContent.Find(Path.Combine(_folder, "detections/cloud/one.yml"));
        Assert.Equal(_folder, folder);
        var content = new EscuContent(folder!);
        Assert.Equal("convert ctime($field$)", content.FindMacro("ctime(1)")!.Definition);
        Assert.Null(content.FindMacro("ctime"));
        var tools = content.FindLookup("tools")!;
        Assert.Equal(("tools1.csv", false, 1), (tools.FileName, tools.CaseSensitiveMatch, tools.MinMatches));
        Assert.Equal(["WILDCARD(a)", "WILDCARD(b)"], tools.MatchTypes);
        Assert.NotNull(tools.FilePath);
        Assert.Equal(["_key", "user"], content.FindLookup("seen")!.Fields);
        Assert.Null(content.FindLookup("../lookups/tools"));
    }

    [Fact]
    public void All_rules_of_the_corpus_load()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var result = RuleFolder.Load([Path.Combine(SharedData.Root!, "corpora/escu-2024-10")]);
        Assert.Empty(result.Diagnostics.Select(diagnostic => $"{diagnostic.Path}:{diagnostic.At.Line}: {diagnostic.Diagnostic.Message}"));
        Assert.Equal(1_711, result.Rules.Count);
    }

    [Fact]
    public void Every_character_of_a_search_of_the_corpus_is_the_one_at_its_place_in_the_file()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var wrong = new List<string>();
        foreach (var rule in RuleFolder.Load([Path.Combine(SharedData.Root!, "corpora/escu-2024-10/detections/cloud"), Path.Combine(SharedData.Root!, "seed")]).Rules)
        {
            var lines = File.ReadAllText(rule.Path).Split('\n');
            for (var i = 0; i < rule.Search.Length; i += 13)
            {
                if (char.IsWhiteSpace(rule.Search[i])) continue;
                var place = rule.SearchMap.Place(i);
                var found = lines[place.Line - 1][place.Column - 1];
                if (found != rule.Search[i] && found != '\\') wrong.Add($"{rule.Path} {i}");
            }
        }
        Assert.Empty(wrong);
    }
}
