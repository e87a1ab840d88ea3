using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Rules;
using Karst.Rules.Escu;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>
/// The baselines of rules: searches of their collection that fill the lookups which they compare with. <see cref="CollectionOf"/> gives the collection of a rule, <see cref="KnowledgeWith"/> the
/// knowledge beneath it with a place for what is written.
/// </summary>
public sealed record BaselineSource(Func<Rule, EscuContent?> CollectionOf, Func<Rule, LookupStore, IKnowledge> KnowledgeWith)
{
    /// <summary>The baselines that a rule names or that name it, by name, so that an initial one comes before its update.</summary>
    internal IReadOnlyList<Baseline> Of(Rule rule)
    {
        if (CollectionOf(rule) is not { } collection) return [];
        return
        [
            .. collection.Baselines().Where(baseline => Names(baseline.Detections, rule.Name) || Names(rule.Baselines, baseline.Rule.Name))
                .OrderBy(static baseline => baseline.Rule.Name, StringComparer.Ordinal)
                .Select(baseline => new Baseline(baseline.Rule, collection.ScheduleOf(baseline))),
        ];
    }

    static bool Names(IReadOnlyList<string> names, string name) => names.Any(other => other.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A baseline and when it runs; a null schedule is all time.</summary>
sealed record Baseline(Rule Rule, RuleSchedule? Schedule)
{
    /// <summary>Why it cannot run, so that its rule's test says nothing; null when it can.</summary>
    internal Diagnostic? Problem(EngineSearchOptions options)
    {
        var compiled = Compile(options.KnowledgeOf(Rule), 0, options);
        if (compiled.Plan is not null) return null;
        var error = compiled.Diagnostics.First(static diagnostic => diagnostic.Severity == Severity.Error);
        return error with { At = default, Message = $"its baseline `{Rule.Name}` cannot run: {error.Message}" };
    }

    /// <summary>
    /// Runs it as its schedule would at the moment of the test, so that it sees what came before and not the attack itself; what it writes lies in the store of the knowledge.
    /// </summary>
    internal void Run(IKnowledge knowledge, double now, IEventSource source, EngineSearchOptions options, CancellationToken cancellation)
    {
        if (Compile(new RuleKnowledge(Rule, knowledge), now, options).Plan is not { } plan) return;
        double Of(string? text, double otherwise) => text is not null && Events.TimeModifier.TryParse(text.Trim(), now, options.Zone, out var time) ? time : otherwise;
        var run = new RunContext
        {
            Now = now,
            Zone = options.Zone,
            Limits = options.Limits,
            Earliest = Of(Schedule?.Earliest, 0),
            Latest = Of(Schedule?.Latest, double.PositiveInfinity),
            Cancellation = cancellation,
        };
        var result = Runner.Run([new PlannedSearch(plan, run, new Sink(static _ => true))], source, cancellation)[0];
        if (result.Failure is { } failure) throw new SearchFailedException($"its baseline `{Rule.Name}` failed: {failure.Message}");
    }

    CompileResult Compile(IKnowledge knowledge, double now, EngineSearchOptions options) =>
        Pipeline.Compile(Rule.Search, new CompileOptions { Knowledge = knowledge, Now = now, Zone = options.Zone, Limits = options.Limits });
}

/// <summary>A folder for what the baselines of one test write, and the knowledge with it; gone when the test ends.</summary>
sealed class BaselineState : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-baseline-").FullName;

    internal BaselineState(Rule rule, BaselineSource source) => Knowledge = source.KnowledgeWith(rule, new LookupStore(_folder));

    internal IKnowledge Knowledge { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
