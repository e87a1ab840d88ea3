using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Detection;
using Karst.Engine;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Events;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Spl;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>The rule page in the terminal.</summary>
sealed class Explain : Verb
{
    readonly Argument<string> _rule = new("RULE") { Description = "A rule file." };
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
        var set = new RuleSet([parsed.GetRequiredValue(_rule)], settings.Apps, new KnowledgeProblems());
        foreach (var diagnostic in set.Diagnostics) RunReport.Warn($"{diagnostic.Path}:{diagnostic.At.Line}: {diagnostic.Diagnostic.Message}");
        if (set.Rules.Count == 0) return ExitCodes.NotRunnable;
        var json = _format.Read(parsed) == "json";
        var input = new ProblemLog();
        var code = ExitCodes.Fine;
        foreach (var rule in set.Rules)
        {
            var page = Page.Of(rule, set, settings, input, cancellation);
            if (json) page.WriteJson();
            else page.WriteText();
            if (page.Compiled.Plan is null) code = ExitCodes.NotRunnable;
        }
        RunReport.Problems(input);
        return code != ExitCodes.Fine ? code : RunReport.IsLoss(input) ? ExitCodes.InputLost : ExitCodes.Fine;
    }

    /// <summary>All that is said of one rule; text and JSON print the same.</summary>
    sealed record Page(
        Rule Rule, RuleAnalysis Analysis, CompileResult Compiled, IReadOnlyList<CoveredEvent> Events, IReadOnlyList<AttackTechnique> Attack, SearchOutcome? Outcome)
    {
        internal static Page Of(Rule rule, RuleSet set, EventSettings settings, ProblemLog input, CancellationToken cancellation)
        {
            var knowledge = set.KnowledgeOf(rule);
            var analysis = RuleAnalysis.Of(rule, knowledge);
            var compiled = Pipeline.Compile(rule.Search, new CompileOptions { Knowledge = knowledge, Now = settings.Now ?? 0, Zone = settings.Zone, Limits = settings.Limits });
            SearchOutcome? outcome = null;
            if (settings.Paths.Count > 0)
            {
                var engine = new EngineSearch(new EngineSearchOptions { KnowledgeOf = set.KnowledgeOf, Now = settings.Now, Zone = settings.Zone, Limits = settings.Limits, Problem = input.Add });
                var prepared = engine.Prepare(rule, rule.Search);
                if (prepared.CanRun)
                    outcome = prepared.Run([.. settings.Paths.Select(path => new SearchInput(path, settings.Sourcetype, settings.Source, settings.Host, settings.Index))], null, _ => true, cancellation);
            }
            return new Page(rule, analysis, compiled, EventCoverage.Of(rule, analysis), Techniques(rule), outcome);
        }

        IEnumerable<string> Fields => Compiled.Plan?.Stages[0] is EventsStage events ? events.Wanted.Names : [];

        internal void WriteText()
        {
            using var output = Terminal.OpenText();
            output.WriteLine(Style.Output.Bold(Rule.Name));
            output.WriteLine($"{Rule.Status.ToString().ToLowerInvariant()} {(Rule.Type == RuleType.Ttp ? "TTP" : Rule.Type)} version {Rule.Version}, {Rule.Author}, {Rule.ModificationDate}");
            output.WriteLine($"{Rule.Path}\n\n{Rule.Description}\n");
            Title(output, "ATT&CK");
            foreach (var technique in Attack) output.WriteLine($"  {technique.Tactic}  {technique.Id} {technique.Name}{(technique.Status == "active" ? "" : $" ({technique.Status})")}");
            Title(output, "Events");
            foreach (var covered in Events) output.WriteLine($"  {covered.Provider}  {covered.Event}");
            Title(output, "Stages");
            foreach (var stage in Analysis.Stages)
            {
                output.WriteLine($"  Stage {stage.Number}: {stage.Command}");
                foreach (var line in stage.Text.Split('\n')) output.WriteLine($"      {line.Trim()}");
                if (stage.Expansion is { } expansion) output.WriteLine(Style.Output.Dim($"      = {expansion}"));
                foreach (var predicate in stage.Predicates) output.WriteLine($"    - {predicate.Describe()}");
            }
            Title(output, "Indicators");
            foreach (var indicator in Analysis.Indicators)
                output.WriteLine($"  {indicator.Field}  {(indicator.Negated ? "not " : "")}{indicator.Kind.Name()}  {(indicator.Computed is { } computed ? $"({computed})" : string.Join(", ", indicator.Values))}");
            if (Analysis.Unanalyzed > 0) output.WriteLine($"  {Amount.Of(Analysis.Unanalyzed, "condition")} could not be analysed");
            Title(output, "Fields needed");
            output.WriteLine($"  {string.Join(' ', Fields)}");
            Title(output, "Findings");
            foreach (var entity in Rule.Entities) output.WriteLine($"  {entity.Type} {entity.Field}, score {entity.Score}: {entity.Message}");
            Title(output, "Plan");
            foreach (var stage in Compiled.Plan?.Stages ?? []) output.WriteLine($"  {stage.Describe()}");
            foreach (var diagnostic in Compiled.Diagnostics) output.WriteLine(DiagnosticPrinter.Print(diagnostic, Compiled.Text));
            if (Outcome is null) return;
            Title(output, "Rows");
            foreach (var stage in Outcome.Stages) output.WriteLine($"  {Amount.Count(stage.In),10} in {Amount.Count(stage.Out),10} out  {stage.Description}");
            if (Outcome.Failure is { } failure) output.WriteLine($"  ended: {failure}");
        }

        static void Title(TextWriter output, string title) => output.WriteLine($"\n{Style.Output.Bold(title)}");

        internal void WriteJson()
        {
            using var output = StandardOutputStream.Open();
            using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteString("schema", "karst.rule/1");
                json.WriteString("name", Rule.Name);
                json.WriteString("id", Rule.Id);
                json.WriteNumber("version", Rule.Version);
                json.WriteString("platform", "splunk");
                json.WriteString("status", Rule.Status.ToString().ToLowerInvariant());
                json.WriteString("type", Rule.Type == RuleType.Ttp ? "TTP" : Rule.Type.ToString());
                Array(json, "attack", Attack, technique =>
                {
                    json.WriteString("tactic", technique.Tactic);
                    json.WriteString("id", technique.Id);
                    json.WriteString("name", technique.Name);
                });
                Array(json, "events", Events, covered =>
                {
                    json.WriteString("provider", covered.Provider);
                    json.WriteString("event", covered.Event);
                });
                Array(json, "stages", Analysis.Stages, stage =>
                {
                    json.WriteNumber("number", stage.Number);
                    json.WriteString("command", stage.Command);
                    json.WriteString("text", stage.Text);
                    if (stage.Expansion is { } expansion) json.WriteString("expansion", expansion);
                    Texts(json, "predicates", stage.Predicates.Select(predicate => predicate.Describe()));
                });
                Array(json, "indicators", Analysis.Indicators, indicator =>
                {
                    json.WriteString("field", indicator.Field);
                    json.WriteString("kind", indicator.Kind.Name());
                    json.WriteBoolean("negated", indicator.Negated);
                    Texts(json, "values", indicator.Values);
                    if (indicator.Computed is { } computed) json.WriteString("computed", computed);
                });
                Texts(json, "fields", Fields);
                Texts(json, "plan", (Compiled.Plan?.Stages ?? []).Select(stage => stage.Describe()));
                if (Outcome is not null)
                    Array(json, "rows", Outcome.Stages, stage =>
                    {
                        json.WriteString("stage", stage.Description);
                        json.WriteNumber("in", stage.In);
                        json.WriteNumber("out", stage.Out);
                    });
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
        }

        static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var item in items)
            {
                json.WriteStartObject();
                write(item);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
        }

        static IReadOnlyList<AttackTechnique> Techniques(Rule rule)
        {
            var folder = Path.Combine(ShippedContent.Folder, "attack");
            if (!File.Exists(Path.Combine(folder, "techniques.tsv"))) return [];
            using var techniques = File.OpenText(Path.Combine(folder, "techniques.tsv"));
            using var tactics = File.OpenText(Path.Combine(folder, "tactics.tsv"));
            var table = new AttackTable(techniques, tactics);
            return [.. rule.AttackIds.SelectMany(table.Find)];
        }
    }
}
