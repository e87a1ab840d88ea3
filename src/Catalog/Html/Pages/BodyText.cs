using Karst.Catalog.Html.Code;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;
using Karst.Spl;

namespace Karst.Catalog.Html.Pages;

/// <summary>A rule's file as text: keys and the searches in it coloured, its macros unfolding, and what lint says below the line that it is about.</summary>
static class BodyText
{
    /// <summary>Writes the file.</summary>
    public static void Write(HtmlWriter html, RuleEntry rule)
    {
        var text = rule.Body.Text;
        var lines = CodeLines.Of(text);
        new CodeBlock(html, text, "Rule body")
        {
            Macros = FoldsOf(rule),
            Diagnostics = [.. rule.Lint.Select(entry => DiagnosticOf(entry, lines, text.Length))],
        }.Write(lines, ColoursOf(rule.Body, lines));
    }

    /// <summary>What a rule's macros stand for.</summary>
    public static MacroFolds FoldsOf(RuleEntry rule)
    {
        var definitions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var macro in rule.Macros)
            if (macro.Definition is { } definition) definitions.TryAdd(macro.Key, definition);
        return new MacroFolds(definitions);
    }

    static Diagnostic DiagnosticOf(LintEntry entry, List<Span> lines, int length)
    {
        var start = OffsetOf(entry.Line, entry.Column, lines, length);
        var end = entry.EndLine > 0 ? OffsetOf(entry.EndLine, entry.EndColumn, lines, length) : start;
        var severity = entry.Severity switch { "error" => Severity.Error, "warning" => Severity.Warning, _ => Severity.Note };
        return new Diagnostic(entry.Code, entry.Message, Span.FromBounds(start, Math.Max(start, end)), entry.Help, Severity: severity);
    }

    static int OffsetOf(int line, int column, List<Span> lines, int length) =>
        line < 1 ? 0 : line > lines.Count ? length : Math.Min(lines[line - 1].Start + Math.Max(0, column - 1), lines[line - 1].End);

    // The keys of YAML stand where no search does.
    static List<ColouredSpan> ColoursOf(RuleBody body, List<Span> lines)
    {
        var colours = new List<ColouredSpan>(body.Colours.Count + lines.Count);
        var next = 0;
        foreach (var line in lines)
        {
            var key = KeyOf(body.Text, line);
            var isFree = colours.Count == 0 || colours[^1].At.End <= line.Start;
            if (key.Length > 0 && isFree && (next >= body.Colours.Count || body.Colours[next].At.Start >= key.End)) colours.Add(new ColouredSpan(key, SplPart.Option));
            while (next < body.Colours.Count && body.Colours[next].At.Start < line.End) colours.Add(body.Colours[next++]);
        }
        return colours;
    }

    static Span KeyOf(string text, Span line)
    {
        var start = line.Start;
        while (start < line.End && text[start] is ' ' or '-') start++;
        var end = start;
        while (end < line.End && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-')) end++;
        return end > start && end < line.End && text[end] == ':' && (end + 1 == line.End || text[end + 1] == ' ') ? Span.FromBounds(start, end + 1) : default;
    }
}
