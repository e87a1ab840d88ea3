using Karst.Engine;
using Karst.Engine.Passes;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;
using Karst.Spl;

namespace Karst.Specs;

/// <summary>Runs a case in one mode.</summary>
static class SpecEngine
{
    // The start of the search where a case says nothing: 2023-11-14T22:13:20Z.
    const double DefaultNow = 1_700_000_000;

    public static SpecResult Run(SpecCase spec, SpecMode mode)
    {
        using var app = new SpecApp(spec);
        return Run(spec, mode, app, Others(spec));
    }

    /// <summary>Runs a case with knowledge that is there already; a shared scan runs <paramref name="others"/> beside it.</summary>
    public static SpecResult Run(SpecCase spec, SpecMode mode, SpecApp app, IEnumerable<string> others)
    {
        using var input = new SpecInput(spec, app.Knowledge, mode);
        var compile = Options(spec, app, mode, input.IsRows);
        var compiled = Pipeline.Compile(spec.Search, compile);
        var errors = compiled.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ToList();
        if (errors.Count > 0 || compiled.Plan is null) return new SpecResult([]) { Errors = errors, Source = compiled.Text };
        var rows = new RowStore();
        var run = Context(spec, compile, mode, input.Source);
        var searches = new List<PlannedSearch> { Planned(compiled.Plan, run, rows, mode) };
        if (mode.Shared) searches.AddRange(Companions(spec, others, compile, mode, input.Source));
        var failure = Runner.Run(searches, input.Source, CancellationToken.None)[0].Failure;
        return new SpecResult([.. rows.ToBatches(4_096)])
        {
            Failure = failure?.Message,
            Source = compiled.Text,
            Messages = run.Messages,
            Plan = [.. compiled.Plan.Stages.Select(stage => stage.Describe())],
        };
    }

    // The other searches of the page: what they do must not show.
    static IEnumerable<string> Others(SpecCase spec) =>
        SpecPage.All.Values.Where(other => other.Page == spec.Page && other.Ordinal != spec.Ordinal && other.Find("search") is not null).Take(8).Select(other => other.Search);

    static IEnumerable<PlannedSearch> Companions(SpecCase spec, IEnumerable<string> others, CompileOptions compile, SpecMode mode, IEventSource source)
    {
        foreach (var other in others)
            if (Pipeline.Compile(other, compile).Plan is { } plan)
                yield return Planned(plan, Context(spec, compile, mode, source), new RowStore(), mode);
    }

    static PlannedSearch Planned(Plan plan, RunContext run, RowStore rows, SpecMode mode) =>
        new(plan, run, new Sink(batch =>
        {
            rows.Add(batch);
            return true;
        }))
        {
            MayLift = mode.Passes,
            MayPrefilter = mode.Passes,
        };

    static CompileOptions Options(SpecCase spec, SpecApp app, SpecMode mode, bool isRows) => new()
    {
        Knowledge = app.Knowledge,
        Now = Moment(spec, "now") ?? DefaultNow,
        Zone = spec.Options.TryGetValue("tz", out var name) ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc,
        Limits = SpecLimits.Read(spec.Options),
        InputIsRows = isRows,
        DisabledPasses = mode.Passes ? new HashSet<string>() : PassTable.All.Select(pass => pass.Name).ToHashSet(StringComparer.Ordinal),
    };

    static RunContext Context(SpecCase spec, CompileOptions compile, SpecMode mode, IEventSource source)
    {
        RunContext? run = null;
        return run = new RunContext
        {
            Now = compile.Now,
            Zone = compile.Zone,
            Limits = compile.Limits,
            BatchSize = mode.BatchSize,
            Earliest = Moment(spec, "earliest") ?? 0,
            Latest = Moment(spec, "latest") ?? double.PositiveInfinity,
        };
    }

    static double? Moment(SpecCase spec, string option) =>
        !spec.Options.TryGetValue(option, out var text) ? null
        : EventTime.TryParse(text, TimeZoneInfo.Utc, out var epoch) ? epoch
        : throw new SpecFormatException($"`{option}={text}` is no time");
}
