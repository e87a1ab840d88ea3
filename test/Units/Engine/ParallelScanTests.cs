using System.Text;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Units.Engine;

/// <summary>How many threads read, and in what pieces, does not show in the rows, their order, their columns or the messages.</summary>
public sealed class ParallelScanTests : IDisposable
{
    static readonly KnowledgeBase s_knowledge = new([], new KnowledgeProblems());

    readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sample_logs_give_the_same_rows_by_any_number_of_threads_and_any_size_of_block()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var logs = Directory.GetFiles(Path.Combine(SharedData.Root!, "samples", "example_logs"), "*.log").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(logs);
        foreach (var log in logs)
        {
            // What a file is recognised as is decided by its first block.
            var sourcetype = Recognised(log);
            var plain = Rows([log], sourcetype, 1, 1 << 20);
            foreach (var (threads, bytes) in ((int, int)[])[(1, 700), (2, 700), (4, 64), (3, 5_000)])
                Assert.Equal(plain, Rows([log], sourcetype, threads, bytes));
        }
        Assert.Equal(Rows(logs, null, 1, 1 << 20), Rows(logs, null, 4, 1 << 20));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void An_event_without_a_time_has_that_of_the_event_before_it_which_another_thread_read(int threads)
    {
        var path = Write("a.log", string.Concat(Enumerable.Range(0, 400).Select(static i => i % 37 == 0 ? $"2024-01-01T00:{i / 60:00}:{i % 60:00}Z start {i}\n" : $"no time {i}\n")));
        Assert.Equal(Rows([path], "x", 1, 1 << 20), Rows([path], "x", threads, 64));
    }

    [Fact]
    public void What_is_wrong_is_counted_once_for_all_threads()
    {
        var path = Write("a.json", string.Concat(Enumerable.Range(0, 300).Select(static i => i % 10 == 0 ? $"{{\"n\":\"{i}\",\"cut\":\n" : $"{{\"n\":\"{i}\"}}\n")));
        var rows = Rows([path], "_json", 4, 64);
        Assert.Contains("30 event(s)", rows, StringComparison.Ordinal);
        Assert.Equal(Rows([path], "_json", 1, 1 << 20), rows);
    }

    [Fact]
    public void A_search_that_wants_no_more_rows_ends_the_reading()
    {
        var path = Write("a.log", string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"line {i}\n")));
        var rows = new List<string>();
        var source = new FileSource([new InputFile(path, path)], new FileMetadata("x"), s_knowledge, static _ => { }, ReaderOptions.Default with { BlockBytes = 256 }) { Threads = 4 };
        Run(source, batch =>
        {
            for (var row = 0; row < batch.Count && rows.Count < 30; row++) rows.Add(batch.Find("_raw")!.Values[row].ToString());
            return rows.Count < 30;
        });
        Assert.Equal(Enumerable.Range(0, 30).Select(static i => $"line {i}"), rows);
        Assert.InRange(source.Progress.Events, 30, 19_999);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_and_the_others_are_read_in_their_order()
    {
        var names = Enumerable.Range(0, 40).Select(i => i == 7 ? Path.Combine(_folder, "missing.log") : Write($"{i}.log", $"first {i}\nsecond {i}\n")).ToList();
        var rows = Rows(names, "x", 3, 1 << 20);
        Assert.Contains("not-found", rows, StringComparison.Ordinal);
        Assert.Equal(Rows(names, "x", 1, 1 << 20), rows);
    }

    [Fact]
    public void What_goes_wrong_in_a_thread_of_its_own_ends_the_run()
    {
        var names = Enumerable.Range(0, 40).Select(i => Write($"{i}.log", $"line {i}\n")).ToList();
        var source = new FileSource([.. names.Select(static name => new InputFile(name, name))], new FileMetadata("x"), s_knowledge, static _ => { }) { Threads = 4 };
        Assert.Throws<DivideByZeroException>(() => Run(source, static _ => throw new DivideByZeroException()));
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string? Recognised(string path)
    {
        var source = new FileSource([new InputFile(path, path)], new FileMetadata(), s_knowledge, static _ => { });
        Run(source, static _ => true);
        return source.Progress.Recognised.Count > 0 ? source.Progress.Recognised[0].Sourcetype : null;
    }

    static string Rows(IReadOnlyList<string> paths, string? sourcetype, int threads, int bytes)
    {
        var text = new StringBuilder();
        var source = new FileSource(
            [.. paths.Select(static path => new InputFile(path, path))],
            new FileMetadata(sourcetype),
            s_knowledge,
            problem => text.Append(problem.Kind).Append(' ').AppendLine(problem.Path),
            ReaderOptions.Default with { BlockBytes = bytes })
        {
            Threads = threads,
        };
        var rows = new RowStore();
        var messages = Run(source, batch =>
        {
            rows.Add(batch);
            return true;
        });
        text.AppendJoin('|', rows.Names).AppendLine();
        for (var row = 0; row < rows.Count; row++) text.AppendJoin('|', rows.Names.Select(name => rows.Get(name, row).ToString())).AppendLine();
        foreach (var (code, message, count) in messages.All) text.AppendLine($"{code} {message} {count}");
        return text.AppendLine($"{source.Progress.Files} {source.Progress.Events} {source.Progress.Bytes}").ToString();
    }

    static RunMessages Run(FileSource source, Func<Batch, bool> take)
    {
        var run = new RunContext { Now = 1_700_000_000 };
        Assert.Null(Runner.Run([new PlannedSearch(new Plan([new EventsStage(FieldSet.All)]), run, new Sink(take))], source, TestContext.Current.CancellationToken)[0].Failure);
        return run.Messages;
    }
}
