using System.Globalization;
using System.Text;

namespace Karst.Spl;

/// <summary>A diagnostic as text: the sentence, the line it speaks of with carets under the place, and the help.</summary>
public static class DiagnosticPrinter
{
    // Rules hold searches of thousands of characters on one line: the window keeps the place in sight.
    const int Window = 100;
    const int Lead = 40;

    /// <summary>The line and column of a position, both counted from 1; columns in UTF-16 units.</summary>
    public static (int Line, int Column) Locate(string text, int position)
    {
        position = Math.Clamp(position, 0, text.Length);
        var before = text.AsSpan(0, position);
        return (before.Count('\n') + 1, position - before.LastIndexOf('\n'));
    }

    /// <summary>Prints a diagnostic about <paramref name="text"/>, without a newline at the end; <paramref name="path"/> is put before line and column.</summary>
    public static string Print(Diagnostic diagnostic, string text, string? path = null)
    {
        var (line, column) = Locate(text, diagnostic.At.Start);
        var number = line.ToString(CultureInfo.InvariantCulture);
        var gutter = new string(' ', number.Length);
        var lineStart = Math.Clamp(diagnostic.At.Start, 0, text.Length) - column + 1;
        var lineEnd = text.IndexOf('\n', lineStart);
        if (lineEnd < 0) lineEnd = text.Length;
        var caretLength = Math.Max(1, Math.Min(diagnostic.At.End, lineEnd) - diagnostic.At.Start);
        var (shown, shift) = Cut(text[lineStart..lineEnd], column - 1);

        var result = new StringBuilder();
        result.Append(NameOf(diagnostic.Severity)).Append('[').Append(diagnostic.Code).Append("]: ").Append(diagnostic.Message).Append('\n');
        result.Append(gutter).Append("--> ").Append(path is null ? "" : path + ":").Append(CultureInfo.InvariantCulture, $"{line}:{column}\n");
        result.Append(gutter).Append(" |\n");
        result.Append(number).Append(" | ").Append(shown).Append('\n');
        var indent = column - 1 - shift;
        result.Append(gutter).Append(" | ").Append(' ', indent).Append('^', Math.Clamp(caretLength, 1, Math.Max(1, shown.Length - indent)));
        if (diagnostic.Help is { } help) result.Append('\n').Append(gutter).Append(" = help: ").Append(help);
        return result.ToString();
    }

    static string NameOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    // The stretch of a long line around the place, and how far the columns move to the left.
    static (string Shown, int Shift) Cut(string line, int at)
    {
        line = Clean(line);
        if (line.Length <= Window) return (line, 0);
        var start = Math.Clamp(at - Lead, 0, Math.Max(0, line.Length - Window));
        var end = Math.Min(line.Length, start + Window);
        var shown = (start > 0 ? "..." : "") + line[start..end] + (end < line.Length ? "..." : "");
        return (shown, start > 0 ? start - 3 : 0);
    }

    static string Clean(string line) => string.Create(line.Length, line, static (target, source) =>
    {
        for (var index = 0; index < source.Length; index++) target[index] = char.IsControl(source[index]) ? ' ' : source[index];
    });
}
