using System.Globalization;
using System.Text;
using Karst.App.Output;
using Karst.Detection.Reports;
using Karst.Rules;
using Karst.Spl;

namespace Karst.App.Linting;

/// <summary>What lint found, for people; as annotations where GitHub runs it.</summary>
static class LintText
{
    /// <summary>Prints messages and a summary.</summary>
    public static void Write(LintResult result)
    {
        var isGitHub = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";
        var text = new StringBuilder();
        foreach (var diagnostic in result.Diagnostics) text.Append(isGitHub ? GitHubAnnotations.Line(ReportEntry.Of(diagnostic)) : Line(diagnostic)).Append('\n');
        text.Append($"{Amount.Of(result.Rules, "rule")}: {Amount.Count(result.Bound)} bind, {Amount.Count(result.Unsupported)} unsupported, {Amount.Of(result.Errors, "error")}\n");
        Terminal.Write(text.ToString());
    }

    /// <summary>Prints how many rules do not bind, by reason, as a table in Markdown.</summary>
    public static void WriteReasons(LintResult result)
    {
        var text = new StringBuilder($"{Amount.Count(result.Bound)} of {Amount.Of(result.Rules, "rule")} bind.\n\n| rules | why they do not bind |\n|---|---|\n");
        foreach (var (reason, count) in result.Reasons.OrderByDescending(static reason => reason.Value).ThenBy(static reason => reason.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {count} | {reason.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        Terminal.Write(text.ToString());
    }

    static string Line(RuleDiagnostic diagnostic)
    {
        var (severity, style) = (diagnostic.Diagnostic.Severity, Style.Output);
        var word = severity.ToString().ToLowerInvariant();
        var colored = severity switch
        {
            Severity.Error => style.Bad(word),
            Severity.Warning => style.Warning(word),
            _ => style.Dim(word),
        };
        var help = diagnostic.Diagnostic.Help is { } advice ? $"\n  = help: {advice}" : "";
        return $"{diagnostic.Path}:{diagnostic.At.Line}:{diagnostic.At.Column}: {colored}[{diagnostic.Diagnostic.Code}]: {diagnostic.Diagnostic.Message}{help}";
    }
}
