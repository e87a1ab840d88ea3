using System.CommandLine;
using Karst.App.Linting;
using Karst.App.Options;
using Karst.App.Searching;
using Karst.Detection.Reports;
using Karst.Spl;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>Checks rules without running them.</summary>
sealed class Lint : Verb
{
    readonly ContentOptions _content = new(rulesAreOptional: true);
    readonly Option<bool> _json = new("--json") { Description = "Prints one object a message, and a summary." };
    readonly Option<string?> _sarif = new("--sarif") { HelpName = "FILE", Description = "Writes a SARIF report." };
    readonly Option<bool> _reasons = new("--reasons") { Description = "Prints how many rules do not bind, by reason, as a Markdown table." };
    readonly Option<bool> _strict = new("--strict") { Description = "Exits 1 on warnings too." };

    public override string Name => "lint";

    public override string Summary => "Checks rules without running them.";

    public override string Usage => "[OPTIONS] RULE_OR_FOLDER...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst lint detections/", "says what cannot run, and where it is written"),
        ("karst lint detections/ --sarif lint.sarif --strict", "for code scanning"),
        ("karst lint --app Splunk_TA_aws/", "says what of an app cannot be honoured"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_content.Rules];

    public override IReadOnlyList<Argument> Paths => [_content.Rules];

    public override IReadOnlyList<Option> Options => [_json, _sarif, _strict, _reasons, .. _content.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = _content.Read(parsed);
        var paths = parsed.GetValue(_content.Rules)!;
        if (paths.Length == 0 && settings.Apps.Count == 0) throw new UsageException("`lint` needs rules: files or folders, or an app with --app");
        var result = RuleLint.Run(paths, settings, cancellation);
        RunReport.Knowledge(result.Problems);
        if (parsed.GetValue(_json)) LintJson.Write(result);
        else if (parsed.GetValue(_reasons)) LintText.WriteReasons(result);
        else LintText.Write(result);
        if (parsed.GetValue(_sarif) is { } file)
        {
            using var output = File.Create(file);
            SarifReport.Write(output, [.. result.Diagnostics.Select(ReportEntry.Of)], Version.Text);
        }
        var isStrict = parsed.GetValue(_strict);
        return result.Diagnostics.Any(diagnostic => diagnostic.IsError || (isStrict && diagnostic.Diagnostic.Severity == Severity.Warning)) ? ExitCodes.Failed : ExitCodes.Fine;
    }
}
