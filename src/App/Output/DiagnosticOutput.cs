using Karst.Events;
using Karst.Spl;

namespace Karst.App.Output;

/// <summary>Prints diagnostics to stderr, with the line of the search that they speak of.</summary>
static class DiagnosticOutput
{
    /// <summary>Prints one about a text.</summary>
    public static void Print(Diagnostic diagnostic, string text)
    {
        var lines = SafeText.Of(DiagnosticPrinter.Print(diagnostic, text), keepLines: true).Split('\n', 2);
        var color = diagnostic.Severity == Severity.Error ? Style.Error.Bad(lines[0]) : Style.Error.Warning(lines[0]);
        Terminal.Error.WriteLine(lines.Length > 1 ? $"{color}\n{lines[1]}" : color);
    }
}
