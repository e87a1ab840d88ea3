using System.Text;
using CsCheck;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Units.Engine;

/// <summary>One pass over events gives each search what it would get alone, whatever is switched on.</summary>
public sealed class ScanTests : IDisposable
{
    static readonly string[] s_allPasses = ["fold-constants", "lift-filters", "filter-groups", "prune-fields"];
    static readonly KnowledgeBase s_knowledge = new([], new KnowledgeProblems());

    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Every_mode_finds_the_same_events()
    {
        string[] searches =
        [
            "eventName=RunInstances | stats count by eventName",
            "eventName=run* eventSource!=x | stats count by eventName eventSource",
            "eventSource IN (ec2.amazonaws.com, \"iam*\") | stats count by eventSource",
            "path=a/b OR eventName=CreateKey | stats count by path",
            "RunInstances | stats count",
            "NOT eventName=RunInstances | stats count by eventName",
            "detail.eventName=deep | stats count",
            "eventName=RunInstances eventSource=ec2.amazonaws.com | stats count by path",
            "eventName=run* path=a/b deep | stats count by eventSource",
            "(eventName=RunInstances eventSource=iam*) OR (path=a/b eventName=u0052*) | stats count by eventName path",
        ];
        var name = OneOf("RunInstances", "runinstances", "\\u0052unInstances", "RunInstance", "CreateKey", "Run\\u212Aey", "\\\\u0052unInstances", "u0052\\u0052", "Run\\xInstances", "\\t\\u0052unInstances\\u00");
        var source = OneOf("ec2.amazonaws.com", "EC2.amazonaws.com", "iam.amazonaws.com", "x", "iam\\u002eamazonaws.com", "\\u0065c2.amazon\\u0061ws.com");
        var path = OneOf("a/b", "a\\/b", "a\\u002Fb", "a\\\\/b", "\\u00e9a\\/b", "A/B", "a", "\\\"a/b");
        var line = Gen.Select(name, source, path, Gen.Int[0, 5], (n, s, p, shape) => shape switch
        {
            0 => $$"""{"eventName":"{{n}}","eventSource":"{{s}}","path":"{{p}}"}""",
            1 => $$"""{ "path" : "{{p}}", "eventSource" : "{{s}}", "eventName" : "{{n}}" }""",
            2 => $$"""{"detail":{"eventName":"deep"},"eventName":"{{n}}","eventSource":"{{s}}"}""",
            3 => $$"""{"event\u004eame":"{{n}}","eventSource":"{{s}}"}""",
            4 => $$"""{"eventName":"{{n}}","eventName":"other","eventSource":"{{s}}"}""",
            _ => $$"""{"eventName":"{{n}}","eventSource":"{{s}}","path":"{{p}}""",
        });
        line.List[0, 40].Sample(
            lines =>
            {
                File.WriteAllLines(_file, lines);
                var plain = searches.Select(search => Run([search], 4_096, s_allPasses, prefilter: false)[0]).ToArray();
                foreach (var size in (int[])[1, 7, 4_096])
                {
                    Assert.Equal(plain, Run(searches, size, [], prefilter: true));
                    Assert.Equal(plain, searches.Select(search => Run([search], size, [], prefilter: true)[0]));
                    Assert.Equal(plain, Run(searches, size, s_allPasses, prefilter: true));
                    foreach (var (threads, bytes) in ((int, int)[])[(2, 64), (3, 100), (1, 80)])
                        Assert.Equal(plain, Run(searches, size, [], prefilter: true, threads: threads, bytes: bytes));
                }
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void Groups_that_a_later_filter_drops_are_missed_by_nobody()
    {
        string[] searches =
        [
            "index=* | eval a=split(a,\",\") | stats count max(n) AS m BY a b | rename a AS c | search c=x* m>1",
            "index=* | eval a=split(a,\",\") | stats count BY a b | search NOT a=x",
            "index=* | eval a=split(a,\",\") | stats count values(b) AS b BY a n | where a!=b",
            "index=* | stats count BY n b | where n=1 OR b=\"01\"",
            "index=* | stats count BY n b | eval l=len(b)+n | regex b=\"^[0-9]\" | where l>2",
            "index=* | stats count AS c BY a b | rex field=a \"(?<first>.)\" | fillnull value=0 c | search first=x OR first=y",
            "index=* | stats count BY a b | rename b AS k | join k [search index=* a=x | stats count AS other BY b | rename b AS k | fields k other]",
        ];
        var row = Gen.Select(OneOf("x", "y", "x,y", "xy", "z,z", ""), OneOf("x", "1", "01", "1.0", "b"), Gen.Int[0, 3], (a, b, n) => $$"""{"a":"{{a}}","b":"{{b}}","n":{{n}}}""");
        row.List[0, 40].Sample(
            lines =>
            {
                File.WriteAllLines(_file, lines);
                var plain = searches.Select(search => Run([search], 4_096, s_allPasses, prefilter: false)[0]).ToArray();
                foreach (var size in (int[])[1, 3, 4_096])
                {
                    Assert.Equal(plain, searches.Select(search => Run([search], size, [], prefilter: true)[0]));
                    Assert.Equal(plain, Run(searches, size, [], prefilter: true));
                }
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public void Events_of_channels_that_alternate_come_in_the_order_of_the_file()
    {
        string[] searches =
        [
            "index=* | rex \"<EventRecordID>(?<id>\\d+)\" | table id",
            "index=* | rex \"<EventRecordID>(?<id>\\d+)\" | head 7 | streamstats count AS place | table place id",
            "index=* | rex \"<EventRecordID>(?<id>\\d+)\" | search id=*1* | stats list(id) AS ids",
            "index=* Computer | rex \"<EventRecordID>(?<id>\\d+)\" | stats first(id) AS first last(id) AS last",
        ];
        Gen.Int[0, 3].List[1, 400].Sample(
            channels =>
            {
                var size = channels.Count % 2 == 0 ? 4_096 : 5;
                Write(_ => "Security");
                var alike = Run(searches, size, [], prefilter: true);
                Write(index => $"Channel{channels[index]}");
                Assert.Equal(alike, Run(searches, size, [], prefilter: true));
                Assert.Equal(alike, searches.Select(search => Run([search], size, [], prefilter: true)[0]));
                Assert.Equal(alike, Run(searches, size, [], prefilter: true, threads: 3, bytes: 3_000));

                void Write(Func<int, string> channelOf) => File.WriteAllLines(_file, channels.Select((_, index) =>
                    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Made'/><EventID>1</EventID>"
                    + $"<EventRecordID>{index}</EventRecordID><Channel>{channelOf(index)}</Channel><Computer>desk</Computer></System></Event>"));
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public void Searches_that_share_their_memory_give_what_each_gives_alone()
    {
        File.WriteAllLines(_file, Enumerable.Range(0, 3_000).Select(i => $$"""{"k":"key-{{i * 7919 % 2_900}}-{{new string('x', i % 90)}}","n":{{i % 10}}}"""));
        var searches = Enumerable.Range(0, 12).Select(i => $"index=* n>{i - 5} | stats count sum(n) AS total BY k").ToArray();
        var alone = searches.Select(search => Run([search], 500, [], prefilter: true)[0]).ToArray();
        var messages = new RunMessages();
        Assert.Equal(alone, Run(searches, 500, [], prefilter: true, messages, memory: 1 << 20));
        Assert.Contains(messages.All, message => message.Code == "stats-disk");
    }

    [Fact]
    public void A_cut_off_event_gives_the_fields_up_to_the_break_and_is_counted()
    {
        File.WriteAllText(_file, "{\"a\":\"1\",\"b\":{\"c\":\"2\",\"d\":\n{\"a\":\"3\"}\n");
        var messages = new RunMessages();
        Assert.Equal("a=1;b.c=2|a=3", Run("index=* | table a b.c", messages));
        Assert.Contains(messages.All, message => message.Code == "broken-json");
    }

    [Fact]
    public void Ten_thousand_levels_of_nesting_are_skipped()
    {
        File.WriteAllText(_file, "{\"a\":" + new string('[', 10_000) + new string(']', 10_000) + ",\"b\":\"x\"}\n");
        Assert.Equal("b=x", Run("index=* | table b", new RunMessages()));
    }

    [Fact]
    public void Metadata_decides_which_files_are_looked_at()
    {
        File.WriteAllText(_file, "{\"a\":\"1\"}\n");
        Assert.Equal("", Run("sourcetype=aws:cloudtrail | table a", new RunMessages()));
        Assert.Equal("a=1", Run("sourcetype=_JSON | table a", new RunMessages()));
    }

    [Fact]
    public void Events_come_newest_first_with_ties_in_the_order_of_the_input()
    {
        File.WriteAllText(_file, """
            {"time":"2024-01-01T00:00:01Z","n":"1"}
            {"time":"2024-01-01T00:00:03Z","n":"2"}
            {"time":"2024-01-01T00:00:01Z","n":"3"}
            {"time":"2024-01-01T00:00:02Z","n":"4"}

            """);
        Assert.Equal("n=2|n=4|n=1|n=3", Run("index=* | table n", new RunMessages()));
        Assert.Equal("n=2", Run("index=* | head 1 | table n", new RunMessages()));
    }

    [Fact]
    public void A_time_range_in_the_search_is_honoured_and_its_end_is_exclusive()
    {
        File.WriteAllText(_file, """
            {"time":"2024-01-01T00:00:01Z","n":"1"}
            {"time":"2024-01-01T00:00:02Z","n":"2"}
            {"time":"2024-01-01T00:00:03Z","n":"3"}

            """);
        Assert.Equal("n=2", Run("earliest=1704067202 latest=1704067203 | table n", new RunMessages()));
    }

    [Fact]
    public void An_event_without_a_time_has_that_of_the_event_before_it_wanted_or_not()
    {
        File.WriteAllText(_file, """
            {"n":"0"}
            {"time":"2024-01-01T00:00:02Z","n":"1"}
            {"n":"2"}
            {"n":"3","find":"me"}

            """);
        Assert.Equal("n=3;_time=1704067202", Run("find=me | table n _time", new RunMessages()));
        Assert.Equal("n=0", Run("n=0 | table n _time", new RunMessages()));
    }

    [Fact]
    public void A_subsearch_becomes_a_filter()
    {
        File.WriteAllText(_file, "{\"user\":\"ann\",\"bad\":\"1\"}\n{\"user\":\"bob\"}\n{\"user\":\"ANN\"}\n");
        Assert.Equal("user=ann|user=ANN", Run("index=* [search bad=1 | fields user] | table user", new RunMessages()));
        Assert.Equal("", Run("index=* [search bad=2 | fields user] | table user", new RunMessages()));
    }

    /// <summary>The scan and `spath` read JSON by two pieces of code: whatever a document holds, both say the same.</summary>
    [Fact]
    public void The_scan_and_spath_find_the_same_fields()
    {
        var blank = OneOf("", "", "", " ", "\t ", "  ");
        var key = OneOf("a", "b", "c", "a.b", "\\u0061", "k\\\"", "{", "");
        var text = OneOf("x", "", "y z", "\\u00e9", "\\\"", "\\\\", "\\\\\\\"", "{[,:]}", "\u00fc", "\\n", new string('s', 63), new string('t', 64) + "\\\\", "\\\\\\\\");
        var scalar = Gen.OneOf(text.Select(value => $"\"{value}\""), OneOf("0", "-1.5e3", "true", "false", "null"));
        var document = Gen.Recursive<string>((depth, inner) =>
        {
            var value = depth > 4 ? scalar : Gen.OneOf(scalar, scalar, inner);
            var item = Gen.Select(blank, value, blank, (before, v, after) => before + v + after);
            var members = Gen.Select(blank, key, blank, item, (before, k, after, v) => $"{before}\"{k}\"{after}:{v}").List[0, 5].Select(list => "{" + string.Join(',', list) + "}");
            return Gen.OneOf(members, members, item.List[0, 4].Select(list => "[" + string.Join(',', list) + "]"));
        });
        document.Select(text => text[0] == '{' ? text : $"{{\"a\":{text}}}").List[1, 12].Sample(
            lines =>
            {
                File.WriteAllLines(_file, lines);
                Assert.Equal(Fields("index=* | fields _raw | spath | fields - _raw | table *"), Fields("index=* | fields - _raw host index source sourcetype | table *"));
                const string Some = "table a b.a c{} a.b{}.c \"\"";
                Assert.Equal(Fields($"index=* | fields _raw | spath | {Some}"), Fields($"index=* | {Some}"));
            },
            iter: 300,
            threads: 1);
    }

    [Theory]
    [InlineData("\"time\"\\s*:\\s*\"")]
    [InlineData("at\\s+")]
    [InlineData("x\\s\\s:")]
    [InlineData("\\[\\s*\\[")]
    [InlineData("aa\\sa")]
    public void A_plain_time_prefix_is_found_where_the_regular_expression_finds_it(string pattern)
    {
        var prefix = TimePrefix.TryRead(pattern);
        Assert.NotNull(prefix);
        var regex = new System.Text.RegularExpressions.Regex(pattern);
        OneOf("\"time\"", ":", "\"", " ", "\t", "at", "x", "[", "a", "aa").List[0, 12].Select(parts => string.Concat(parts)).Sample(
            text =>
            {
                var match = regex.Match(text);
                Assert.Equal(match.Success ? match.Index + match.Length : -1, prefix.EndIn(Encoding.ASCII.GetBytes(text)));
            },
            iter: 2_000);
    }

    [Theory]
    [InlineData("^at")]
    [InlineData("a|b")]
    [InlineData("\\d+")]
    [InlineData("\\s*x")]
    [InlineData("x\\s*?y")]
    [InlineData("x\\s* y")]
    [InlineData("a.b")]
    public void A_time_prefix_that_needs_a_regular_expression_gets_one(string pattern) => Assert.Null(TimePrefix.TryRead(pattern));

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    // The fields of each row in the order of their names: which column is met first is no difference.
    IEnumerable<string> Fields(string search) =>
        Run(search, new RunMessages()).Split('|').Select(row => string.Join(';', row.Split(';').Order(StringComparer.Ordinal)));

    string Run(string search, RunMessages messages) => Run([search], 4_096, [], true, messages)[0];

    string[] Run(IReadOnlyList<string> searches, int size, string[] disabled, bool prefilter, RunMessages? messages = null, KnowledgeBase? knowledge = null, int threads = 1, int bytes = 1 << 20, long? memory = null)
    {
        knowledge ??= s_knowledge;
        var source = new FileSource([.. EventInput.Expand([_file], _ => { })], new FileMetadata(), knowledge, _ => { }, ReaderOptions.Default with { BlockBytes = bytes }) { Threads = threads };
        var rows = searches.Select(_ => new RowStore()).ToArray();
        var planned = new List<PlannedSearch>();
        for (var i = 0; i < searches.Count; i++)
        {
            var compiled = Pipeline.Compile(searches[i], new CompileOptions { Knowledge = knowledge, Now = 1_704_200_000, DisabledPasses = disabled.ToHashSet() });
            Assert.Empty(compiled.Diagnostics);
            var store = rows[i];
            var run = new RunContext
            {
                Now = 1_704_200_000,
                BatchSize = size,
                Messages = messages ?? new RunMessages(),
                Limits = memory is { } most ? new Limits { MemoryBytes = most } : new Limits(),
            };
            var sink = new Sink(batch =>
            {
                store.Add(batch);
                return true;
            });
            planned.Add(new PlannedSearch(compiled.Plan!, run, sink) { MayLift = disabled.Length == 0, MayPrefilter = prefilter });
        }
        foreach (var result in Runner.Run(planned, source, default)) Assert.Null(result.Failure);
        return [.. rows.Select(Text)];
    }

    static string Text(RowStore rows)
    {
        var text = new StringBuilder();
        for (var row = 0; row < rows.Count; row++)
        {
            if (row > 0) text.Append('|');
            text.AppendJoin(';', rows.Names.Where(name => !rows.Get(name, row).IsNull).Select(name => $"{name}={rows.Get(name, row)}"));
        }
        return text.ToString();
    }
}
