using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection.Reports;

/// <summary>What SARIF and GitHub annotations show: a coded message at a place in a file.</summary>
public sealed record ReportEntry(string Code, Severity Severity, string Path, FilePlace Start, FilePlace? End, string Message)
{
    /// <summary>A diagnostic, with its help.</summary>
    public static ReportEntry Of(RuleDiagnostic diagnostic) => new(
        diagnostic.Diagnostic.Code,
        diagnostic.Diagnostic.Severity,
        diagnostic.Path,
        diagnostic.At,
        diagnostic.End,
        diagnostic.Diagnostic.Help is { } help ? $"{diagnostic.Diagnostic.Message}; {help}" : diagnostic.Diagnostic.Message);

    /// <summary>A test that did not pass; null for one that did, or was skipped.</summary>
    public static ReportEntry? Of(TestResult result) => result.State switch
    {
        TestState.Fail => Test("TST001", Severity.Error, result),
        TestState.Error => Test("TST002", Severity.Error, result),
        TestState.Unsupported => Test("TST003", Severity.Warning, result),
        _ => null,
    };

    /// <summary>The path with `/`, relative to the working directory where it lies below it.</summary>
    public string Address
    {
        get
        {
            var relative = System.IO.Path.GetRelativePath(".", Path);
            return (relative.StartsWith("..", StringComparison.Ordinal) ? Path : relative).Replace('\\', '/');
        }
    }

    static ReportEntry Test(string code, Severity severity, TestResult result) =>
        new(code, severity, result.Rule.Path, result.Test.At, null, $"{result.Rule.Name}, {result.Test.Name}: {result.Reason}");
}
