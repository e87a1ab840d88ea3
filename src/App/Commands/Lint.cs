using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Detection.Reports;
using Karst.Engine;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>Says what is wrong with rules, and which can be bound.</summary>
sealed class Lint : Verb
{
    readonly Argument<string[]> _paths = new("RULE_OR_FOLDER") { Description = "Rule files, or folders of them.", Arity = ArgumentArity.ZeroOrMore };
    readonly EventOptions _events = new();
    readonly Option<string?> _sarif = new("--sarif") { HelpName = "FILE", Description = "Writes a SARIF report." };
    readonly Option<bool> _json = new("--json") { Description = "Writes one JSON object a diagnostic to stdout, and a summary last." };
    readonly Option<bool> _strict = new("--strict") { Description = "Exits 1 on warnings, too." };
    readonly Option<bool> _reasons = new("--reasons") { Description = "Prints a Markdown table of why rules do not bind, with the number of rules." };

    public override string Name => "lint";

    public override string Summary => "Says what is wrong with rules, with file, line and column.";

    public override string Usage => "[OPTIONS] RULE_OR_FOLDER...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst lint detections/", "checks a folder of rules"),
        ("karst lint detections/ --sarif lint.sarif --strict", "for code scanning in CI"),
        ("karst lint --app Splunk_TA_aws/", "shows what of an app cannot be honoured"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_paths];

    public override IReadOnlyList<Argument> Paths => [_paths];

    public override IReadOnlyList<Option> Options => [_json, _sarif, _strict, _reasons, _events.Apps, _events.Now, _events.Zone];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = EventSettings.Read(_events, parsed);
        var paths = parsed.GetValue(_paths) ?? [];
        if (paths.Length == 0 && settings.Apps.Count == 0) throw new UsageException("`lint` needs rules: name files or folders, or an app with --app");
        var problems = new KnowledgeProblems();
        var set = new RuleSet(paths, settings.Apps, problems);
        var all = new List<RuleDiagnostic>(set.Diagnostics);
        var reasons = new Dictionary<string, int>(StringComparer.Ordinal);
        var bind = 0;
        var unsupported = 0;
        foreach (var rule in set.Rules)
        {
            cancellation.ThrowIfCancellationRequested();
            var compiled = Pipeline.Compile(rule.Search, new CompileOptions { Knowledge = set.KnowledgeOf(rule), Now = settings.Now ?? 0, Zone = settings.Zone });
            all.AddRange(compiled.Diagnostics.Select(diagnostic => RuleDiagnostic.InSearch(rule, Original(diagnostic, compiled))));
            if (compiled.Plan is not null)
            {
                bind++;
                continue;
            }
            var first = compiled.Diagnostics.First(diagnostic => diagnostic.Severity == Severity.Error);
            if (first.Kind is DiagnosticKind.Unsupported or DiagnosticKind.Name) unsupported++;
            reasons[first.Message] = reasons.GetValueOrDefault(first.Message) + 1;
        }
        RunReport.Knowledge(problems);
        var errors = all.Count(diagnostic => diagnostic.IsError);
        var warnings = all.Count(diagnostic => diagnostic.Diagnostic.Severity == Severity.Warning);
        if (parsed.GetValue(_json)) WriteJson(all, set.Rules.Count, bind, unsupported, errors);
        else if (parsed.GetValue(_reasons)) WriteReasons(reasons, set.Rules.Count, bind);
        else WriteText(all, set.Rules.Count, bind, unsupported, errors, warnings);
        if (parsed.GetValue(_sarif) is { } path)
        {
            using var file = File.Create(path);
            SarifReport.Write(file, [.. all.Select(ReportEntry.Of)], Version.Text);
        }
        if (string.Equals(Environment.GetEnvironmentVariable("GITHUB_ACTIONS"), "true", StringComparison.OrdinalIgnoreCase))
            foreach (var diagnostic in all) Terminal.Error.WriteLine(GitHubAnnotations.Line(ReportEntry.Of(diagnostic)));
        return errors > 0 || (parsed.GetValue(_strict) && warnings > 0) ? ExitCodes.Failed : ExitCodes.Fine;
    }

    static Diagnostic Original(Diagnostic diagnostic, CompileResult compiled)
    {
        var start = compiled.ToOriginal(diagnostic.At.Start);
        return diagnostic with { At = Span.FromBounds(start, Math.Max(start, compiled.ToOriginal(diagnostic.At.End))) };
    }

    static void WriteText(List<RuleDiagnostic> all, int rules, int bind, int unsupported, int errors, int warnings)
    {
        using var output = Terminal.OpenText();
        foreach (var diagnostic in all)
        {
            output.WriteLine($"{diagnostic.Path}:{diagnostic.At.Line}:{diagnostic.At.Column}: {diagnostic.Diagnostic.Severity.ToString().ToLowerInvariant()}[{diagnostic.Diagnostic.Code}]: {diagnostic.Diagnostic.Message}");
            if (diagnostic.Diagnostic.Help is { } help) output.WriteLine($"  help: {help}");
        }
        output.WriteLine($"{Amount.Of(rules, "rule")}: {Amount.Count(bind)} bind, {Amount.Count(unsupported)} need something that is not supported or not there; {Amount.Of(errors, "error")}, {Amount.Of(warnings, "warning")}");
    }

    static void WriteReasons(Dictionary<string, int> reasons, int rules, int bind)
    {
        using var output = Terminal.OpenText();
        output.WriteLine($"{Amount.Count(bind)} of {Amount.Of(rules, "rule")} bind.");
        output.WriteLine();
        output.WriteLine("| rules | why they do not bind |");
        output.WriteLine("|---|---|");
        foreach (var (reason, count) in reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal))
            output.WriteLine($"| {count} | {reason.Replace("|", "\\|", StringComparison.Ordinal)} |");
    }

    static void WriteJson(List<RuleDiagnostic> all, int rules, int bind, int unsupported, int errors)
    {
        using var output = StandardOutputStream.Open();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        foreach (var diagnostic in all)
        {
            using (var json = new Utf8JsonWriter(output, options))
            {
                json.WriteStartObject();
                json.WriteString("file", diagnostic.Path);
                json.WriteNumber("line", diagnostic.At.Line);
                json.WriteNumber("column", diagnostic.At.Column);
                json.WriteString("rule", diagnostic.Rule);
                json.WriteString("code", diagnostic.Diagnostic.Code);
                json.WriteString("severity", diagnostic.Diagnostic.Severity.ToString().ToLowerInvariant());
                json.WriteString("kind", diagnostic.Diagnostic.Kind.ToString().ToLowerInvariant());
                json.WriteString("message", diagnostic.Diagnostic.Message);
                json.WriteString("help", diagnostic.Diagnostic.Help);
                json.WriteEndObject();
            }
            output.WriteByte((byte)'\n');
        }
        using (var json = new Utf8JsonWriter(output, options))
        {
            json.WriteStartObject();
            json.WriteStartObject("summary");
            json.WriteNumber("rules", rules);
            json.WriteNumber("bind", bind);
            json.WriteNumber("unsupported", unsupported);
            json.WriteNumber("errors", errors);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }
}
