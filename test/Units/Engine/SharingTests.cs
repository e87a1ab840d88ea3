using System.Text;
using CsCheck;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Units.Engine;

/// <summary>Searches that share a scan get what each gets alone: whatever their filters, however events are cut into batches, on any number of threads.</summary>
public sealed class SharingTests : IDisposable
{
    readonly TemporaryApp _app = new();
    readonly string _file = Path.GetTempFileName();
    readonly KnowledgeBase _knowledge;

    public SharingTests()
    {
        _app.Write("default/props.conf", """
            [made]
            KV_MODE = json
            TIME_PREFIX = "time":"
            FIELDALIAS-code = id AS code
            EVAL-who = lower(user)
            EVAL-both = user."/".id
            EVAL-kind = case(id=1, "one", id=2, "two", true(), "other")
            LOOKUP-level = levels id OUTPUT level
            """);
        _app.Write("default/transforms.conf", "[levels]\nfilename = levels.csv\n");
        _app.Write("lookups/levels.csv", "id,level\n1,low\n2,high\n");
        _app.Write("default/eventtypes.conf", "[ones]\nsearch = id=1\n[people]\nsearch = user=*\n");
        _app.Write("default/tags.conf", "[eventtype=ones]\nfirst = enabled\n[eventtype=people]\nperson = enabled\n");
        _app.Write("default/data/models/M.json", """
            {"modelName":"M","objects":[{"objectName":"Root","parentName":"BaseEvent","constraints":[{"search":"tag=person"}],
             "fields":[{"fieldName":"user"},{"fieldName":"id"},{"fieldName":"path"}],
             "calculations":[
               {"calculationType":"Eval","expression":"if(isnull(path) OR path=\"\", \"unknown\", path)","outputFields":[{"fieldName":"path"}]},
               {"calculationType":"Eval","expression":"upper(user)","outputFields":[{"fieldName":"user"}]},
               {"calculationType":"Eval","expression":"user.\"@\".path","outputFields":[{"fieldName":"at"}]}]}]}
            """);
        var problems = new KnowledgeProblems();
        _knowledge = new KnowledgeBase([new AppFolder(_app.Path, problems)], problems);
        Assert.Empty(problems.All);
    }

    public void Dispose()
    {
        _app.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void Made_filters_over_made_events_find_the_same_alone_and_together()
    {
        var found = 0;
        Gen.Select(s_search.Array[4, 12], s_event.Array[0, 30], Gen.Int[0, 3].Select(index => index == 0 ? 40 : 1)).Sample(
            sample =>
            {
                var (searches, events, times) = sample;
                File.WriteAllLines(_file, Enumerable.Repeat(events, times).SelectMany(lines => lines));
                string[] alone = [.. searches.Select(search => Run([search], 4_096, 1, 1 << 20)[0])];
                if (alone.Any(rows => rows.Length > 0)) Interlocked.Increment(ref found);
                foreach (var (size, threads, bytes) in ((int, int, int)[])[(4_096, 1, 1 << 20), (7, 2, 300), (1, 3, 64)])
                {
                    // Many rows one by one take long and tell no more.
                    if (times > 1 && size < 4_096) continue;
                    var together = Run(searches, size, threads, bytes);
                    for (var i = 0; i < alone.Length; i++) Assert.True(alone[i] == together[i], $"{searches[i]}\nbatches of {size}\n{alone[i]}\n{together[i]}");
                }
            },
            iter: 150,
            threads: 1);
        Assert.True(found > 50);
    }

    [Fact]
    public void A_search_that_wants_every_event_gets_each_once()
    {
        File.WriteAllLines(_file, Enumerable.Range(0, 30_000).Select(index => $$"""{"time":"2024-01-01T00:00:00Z","id":"{{index % 3}}","user":"u{{index}}"}"""));
        string[] searches = ["index=* | stats dc(who) as n", "id=1 | stats count as n", "who=u2* | stats count as n", "level=high | stats dc(both) as n", "* | stats count as n by kind"];
        Assert.Equal(["n=30000", "n=10000", "n=11111", "n=10000", "kind=one;n=10000|kind=other;n=10000|kind=two;n=10000"], Run(searches, 4_096, 1, 1 << 20));
        Assert.Equal(Run(searches, 4_096, 1, 1 << 20), Run(searches, 4_096, 2, 100_000));
    }

    [Fact]
    public void A_search_that_fails_does_not_take_those_along_that_share_its_work()
    {
        File.WriteAllLines(_file, Enumerable.Range(0, 2_000).Select(index => $$"""{"time":"2024-01-01T00:00:00Z","id":"1","user":"u{{index}}"}"""));
        string[] searches = ["id=1 | eval long=mvjoin(mvrange(0, 100000), user) | stats dc(long)", "id=1 | stats count as n", "id=2 | stats count as n", "who=u1 | stats count as n", "user=u2 | stats count as n"];
        var rows = Run(searches, 4_096, 1, 1 << 20, memory: 1_000_000, mayFail: true);
        Assert.Equal(["n=2000", "n=0", "n=1", "n=1"], rows[1..]);
    }

    [Fact]
    public void A_field_that_one_search_calculates_is_the_event_s_own_to_the_others()
    {
        File.WriteAllLines(_file, Enumerable.Range(0, 10).Select(index => $$"""{"time":"2024-01-01T00:00:00Z","id":"{{index % 3}}","user":"u{{index}}"}"""));
        string[] searches =
        [
            "tag=person | eval n=1 | search n=1 | stats count by level",
            "tag=person | eval level=\"made\" | search level=made | stats count by level",
            "tag=person | eval m=level | search m=high | stats count by m",
            "tag=person | eval n=1, level=\"late\" | search level=late n=1 | stats count by level",
            "tag=person | eval level=\"made\" | eval m=level | search m=made | stats count by m",
            "tag=person | eval p=\"1\" | eval q=coalesce(p, \"none\") | search q=* OR p=* | stats count by p q",
            "tag=person | eval q=coalesce(p, \"none\") | eval p=\"1\" | search q=* OR p=* | stats count by p q",
        ];
        string[] expected = ["count=3;level=high|count=3;level=low", "count=10;level=made", "count=3;m=high", "count=10;level=late", "count=10;m=made", "count=10;p=1;q=1", "count=10;p=1;q=none"];
        Assert.Equal(expected, Run(searches, 4_096, 1, 1 << 20));
        Assert.Equal(expected.Reverse(), Run([.. searches.Reverse()], 4_096, 1, 1 << 20));
    }

    [Fact]
    public void XML_with_a_great_many_different_elements_gives_each_search_all_its_events()
    {
        _app.Write("default/props.conf", "[made]\nKV_MODE = xml\nEVAL-kind = if('e.n'=7, \"seven\", \"other\")\nEVAL-extra = \"x\".'e.u'\n");
        // Each event has names of its own, so that a batch of them is given on in pieces.
        File.WriteAllLines(_file, Enumerable.Range(0, 1_500).Select(index =>
            $"<e><n>{index % 10}</n>{string.Concat(Enumerable.Range(index * 40, 40).Select(name => $"<x{name}>1</x{name}>"))}<u>1</u></e>"));
        string[] searches = ["e.n=7 | stats count as n", "kind=seven | stats count as n", "e.n=* | stats count as n by kind", "e.u=1 kind=other | stats count as n", "e.n=3 | stats count(extra) as n values(extra) as x"];
        var problems = new KnowledgeProblems();
        var knowledge = new KnowledgeBase([new AppFolder(_app.Path, problems)], problems);
        string[] alone = [.. searches.Select(search => Run([search], 4_096, 1, 1 << 20, knowledge: knowledge)[0])];
        Assert.Equal("n=150", alone[0]);
        Assert.Equal(alone, Run(searches, 4_096, 1, 1 << 20, knowledge: knowledge));
    }

    static readonly string[] s_fields = ["id", "code", "user", "who", "both", "kind", "level", "path", "tag", "eventtype", "missing", "sourcetype", "deep.name"];
    static readonly string[] s_values = ["1", "01", "1.0", "2", "-3", "adm*", "*in", "*d*", "A*n", "*", "admin", "ADMIN", "\"bob smith\"", "one", "other", "high", "person", "\"/etc/passwd\"", "*etc*", "*ss", "10.0.0.0/8", "\u00fcber", "*\u00fc*", "CASE(Admin)", "made", "\"\""];

    static readonly Gen<string> s_term = Gen.Select(OneOf(s_fields), OneOf(s_values), OneOf(s_values), Gen.Int[0, 11], (field, one, two, shape) => shape switch
    {
        0 => $"{field}!={one}",
        1 => $"NOT {field}={one}",
        2 => $"{field} IN ({one}, {two})",
        3 => $"{field}>1",
        4 => $"{field}<=\"b\"",
        5 => one.Contains("CASE", StringComparison.Ordinal) ? "admin" : one,
        6 => "TERM(10.1.2.3)",
        _ => $"{field}={one}",
    });

    static readonly Gen<string> s_filter = Gen.Select(s_term, s_term, s_term, Gen.Int[0, 7], (a, b, c, shape) => shape switch
    {
        0 => $"({a} OR {b}) {c}",
        1 => $"{a} OR ({b} {c})",
        2 => $"{a} NOT ({b} OR {c})",
        3 or 4 => $"{a} {b}",
        _ => a,
    });

    static readonly Gen<string> s_search = Gen.Select(s_filter, s_term, Gen.Int[0, 8], (filter, term, shape) => shape switch
    {
        0 => $"{filter} | stats count by who",
        1 => $"{filter} | eval x=user.id, who=upper(x) | search {term} OR x=* | table x who level",
        2 => $"tag=person | eval path=coalesce(path, \"none\") | search {term} | stats count values(both) by path",
        3 => $"tag=person | eval path=coalesce(path, \"none\"), id=1+id | search {term} | stats count by path id",
        4 => "| tstats count from datamodel=M.Root where Root.path=*ss by Root.user Root.at",
        5 => $"| tstats values(Root.at) as at from datamodel=M.Root where Root.user=ADMIN Root.id=1 by Root.path",
        6 => $"{filter} | search {term} | stats count by tag level",
        _ => $"{filter} | table user id who both kind level tag path",
    });

    static readonly Gen<string> s_event = Gen.Select(
        OneOf("1", "2", "3", "\"1\"", "\"01\"", "\"1.0\"", "-3", "null", "[\"1\",\"2\"]"),
        OneOf("admin", "Admin", "bob smith", "adm", "\\u0061dmin", "\u00dcber", "\u00fcber", "10.1.2.3", ""),
        OneOf("/etc/passwd", "\\/ETC\\/passwd", "c:\\\\x", "", "ss"),
        Gen.Int[0, 6],
        (id, user, path, shape) => shape switch
        {
            0 => $$"""{"time":"2024-01-01T00:00:0{{shape}}Z","id":{{id}}}""",
            1 => $$"""{"time":"2024-01-01T00:00:0{{shape}}Z","user":"{{user}}","deep":{"name":"{{user}}"} }""",
            2 => $$"""{"time":"2024-01-01T00:00:0{{shape}}Z","id":{{id}},"user":["{{user}}","admin"],"path":"{{path}}"}""",
            3 => $$"""{"time":"2024-01-01T00:00:0{{shape}}Z","id":{{id}},"user":"{{user}}","path":"{{path}}" """,
            _ => $$"""{"time":"2024-01-01T00:00:0{{shape}}Z","id":{{id}},"user":"{{user}}","path":"{{path}}"}""",
        });

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    string[] Run(IReadOnlyList<string> searches, int size, int threads, int bytes, long memory = 1_000_000_000, bool mayFail = false, KnowledgeBase? knowledge = null)
    {
        knowledge ??= _knowledge;
        var source = new FileSource([.. EventInput.Expand([_file], _ => { })], new FileMetadata(Sourcetype: "made"), knowledge, _ => { }, ReaderOptions.Default with { BlockBytes = bytes }) { Threads = threads };
        var stores = searches.Select(_ => new RowStore()).ToArray();
        var planned = new List<PlannedSearch>();
        for (var i = 0; i < searches.Count; i++)
        {
            var compiled = Pipeline.Compile(searches[i], new CompileOptions { Knowledge = knowledge, Now = 1_704_200_000 });
            Assert.True(compiled.Plan is not null, $"{searches[i]}: {string.Join(' ', compiled.Diagnostics.Select(diagnostic => diagnostic.Message))}");
            var store = stores[i];
            planned.Add(new PlannedSearch(compiled.Plan, new RunContext { Now = 1_704_200_000, BatchSize = size, Limits = new() { MemoryBytes = memory } }, new Sink(batch =>
            {
                store.Add(batch);
                return true;
            })));
        }
        var results = Runner.Run(planned, source, default);
        if (mayFail) Assert.Contains(results, result => result.Failure is not null);
        else Assert.All(results, result => Assert.Null(result.Failure));
        return [.. stores.Select(Text)];
    }

    // The fields of each row in the order of their names: which column is met first is no difference.
    static string Text(RowStore rows)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows.Count; row++)
        {
            if (row > 0) text.Append('|');
            text.AppendJoin(';', rows.Names.Where(name => !rows.Get(name, row).IsNull).Order(StringComparer.Ordinal).Select(name => $"{name}={rows.Get(name, row)}"));
        }
        return text.ToString();
    }
}
