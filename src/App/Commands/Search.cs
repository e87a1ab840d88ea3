using System.CommandLine;
using System.Diagnostics;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>Runs one search over logs.</summary>
sealed class Search : Verb
{
    readonly Argument<string> _search = new("SPL") { Description = "The search." };
    readonly EventOptions _events = new();
    readonly FormatOption _format = new("table", "json", "jsonl", "csv", "raw");
    readonly Option<bool> _rows = new("--rows") { Description = "Each line is a JSON object that is a row already; no knowledge is applied, order is kept." };
    readonly Option<bool> _stats = new("--stats") { Description = "Prints rows and time of each stage, bytes, events, rate and memory to stderr." };
    readonly Option<bool> _plan = new("--plan") { Description = "Prints the plan before and after each pass instead of running it." };
    readonly Option<string?> _state = new("--state") { HelpName = "DIR", Description = "Where outputlookup, collect and collections keep what they write; without it a search writes nothing." };

    public override string Name => "search";

    public override string Summary => "Runs one search over logs.";

    public override string Usage => "[OPTIONS] SPL [PATH...]";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst search 'sourcetype=aws:cloudtrail | stats count by eventName' logs/", "counts the calls in a folder of logs"),
        ("zcat events.json.gz | karst search 'errorCode=AccessDenied | head 5' -", "reads stdin"),
        ("karst search 'detail=* | stats dc(user) by src' rows.jsonl --rows --format csv", "takes each line as a row"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_search, _events.Paths];

    public override IReadOnlyList<Argument> Paths => [_events.Paths];

    public override IReadOnlyList<Option> Options => [_format.Option, _rows, _stats, _plan, _state, .. _events.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var format = _format.Read(parsed);
        var settings = EventSettings.Read(_events, parsed);
        var problems = new KnowledgeProblems();
        var input = new ProblemLog();
        var search = new Searcher(parsed.GetRequiredValue(_search), Content.Load(settings.Apps, problems, store: parsed.GetValue(_state) is { } state ? new LookupStore(state) : null), settings, input) { IsRows = parsed.GetValue(_rows) };
        if (!search.Bind()) return ExitCodes.NotRunnable;
        if (parsed.GetValue(_plan))
        {
            Terminal.Write(search.DescribePlan());
            return ExitCodes.Fine;
        }
        var started = Stopwatch.GetTimestamp();
        SearchResult result;
        using (var output = StandardOutputStream.Open())
        {
            var writer = WriterTable.Create(format, output, new WriterOptions { Zone = settings.Zone, Width = Terminal.Width })
                ?? throw new UsageException($"there is no format `{format}`; there are {string.Join(", ", WriterTable.Names)}");
            result = search.Run(batch =>
            {
                writer.Write(batch);
                return true;
            }, cancellation);
            writer.Finish();
        }
        if (parsed.GetValue(_stats)) StatsOutput.Print(result, search.Progress, Stopwatch.GetElapsedTime(started));
        RunReport.Messages(search.Messages);
        RunReport.Problems(input);
        if (result.Failure is { } failure)
        {
            Terminal.Error.WriteLine($"{Style.Error.Bad("error")}: {SafeText.Of(failure.Message)}");
            return ExitCodes.NotRunnable;
        }
        return RunReport.IsLoss(input) ? ExitCodes.InputLost : ExitCodes.Fine;
    }
}
