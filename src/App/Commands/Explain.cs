using System.CommandLine;
using Karst.App.Explaining;
using Karst.App.Options;
using Karst.App.Searching;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;

namespace Karst.App.Commands;

/// <summary>The rule page in the terminal.</summary>
sealed class Explain : Verb
{
    readonly Argument<string> _rule = new("RULE") { Description = "A rule file, or the file name of a rule that comes with karst." };
    readonly EventOptions _events = new();
    readonly FormatOption _format = new("text", "json");

    public override string Name => "explain";

    public override string Summary => "Shows a rule's stages, predicates, indicators and fields; with logs, the rows in and out of every stage.";

    public override string Usage => "[OPTIONS] RULE [PATH...]";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst explain rule.yml", "shows what a rule looks for"),
        ("karst explain rule.yml trail.json", "shows where its rows are lost"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_rule, _events.Paths];

    public override IReadOnlyList<Argument> Paths => [_rule, _events.Paths];

    public override IReadOnlyList<Option> Options => [_format.Option, .. _events.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = EventSettings.Read(_events, parsed);
        var set = new RuleSet([Shipped.Path(parsed.GetRequiredValue(_rule))], settings.Apps, new KnowledgeProblems());
        foreach (var diagnostic in set.Diagnostics) RunReport.Warn($"{diagnostic.Path}:{diagnostic.At.Line}: {diagnostic.Diagnostic.Message}");
        if (set.Rules.Count == 0) return ExitCodes.NotRunnable;
        var json = _format.Read(parsed) == "json";
        var input = new ProblemLog();
        var code = ExitCodes.Fine;
        foreach (var rule in set.Rules)
        {
            var page = RulePage.Of(rule, set, settings, input, cancellation);
            if (json) RulePageJson.Write(page);
            else RulePageText.Write(page);
            if (page.Compiled.Plan is null) code = ExitCodes.NotRunnable;
        }
        RunReport.Problems(input);
        return code != ExitCodes.Fine ? code : RunReport.IsLoss(input) ? ExitCodes.InputLost : ExitCodes.Fine;
    }
}
