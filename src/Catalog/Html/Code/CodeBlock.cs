using System.Globalization;
using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Spl;

namespace Karst.Catalog.Html.Code;

/// <summary>Code with numbered lines that can be linked to (`#L3`), coloured, with diagnostics below the line that they are about.</summary>
sealed class CodeBlock(HtmlWriter html, string text, string label)
{
    // Text beyond this is left out, and the block says so: a page stays a page.
    const int MaxLength = 400_000;

    // A search on one long line is shown with a row for each command; it stays one line, under one number.
    const int LongLine = 100;

    /// <summary>Line N has the id PREFIX and N.</summary>
    public string Prefix { get; init; } = "L";

    /// <summary>The id of the block, which a button that copies it names.</summary>
    public string Id { get; init; } = "code";

    /// <summary>What macros stand for.</summary>
    public MacroFolds Macros { get; init; } = MacroFolds.None;

    /// <summary>What is wrong with the text; spans are of the text.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Writes the text as a search.</summary>
    public void WriteSearch() => Write(CodeLines.Of(text), SplColours.Of(text));

    /// <summary>Writes the text as it is.</summary>
    public void WriteText() => Write(CodeLines.Of(text), []);

    /// <summary>Writes the text with stretches coloured by the caller, in order and without overlap.</summary>
    public void Write(IReadOnlyList<Span> lines, IReadOnlyList<ColouredSpan> colours)
    {
        using (html.Element(Tag.Div, Attr.Class("code"), Attr.Id(Id), Attr.Role("region"), Attr.AriaLabel(label), Attr.Focusable))
        {
            var next = 0;
            for (var number = 0; number < lines.Count && lines[number].Start < MaxLength; number++) WriteLine(number + 1, lines[number], colours, ref next);
        }
        if (text.Length > MaxLength) html.Element(Tag.P, $"The first {Lists.Number(MaxLength)} of {Lists.Number(text.Length)} characters.", Attr.Class("note"));
    }

    void WriteLine(int number, Span line, IReadOnlyList<ColouredSpan> colours, ref int next)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        using (html.Element(Tag.Div, Attr.Class("line"), Attr.Id(Prefix + digits)))
        {
            using (html.Element(Tag.A, Attr.Class("no"), Attr.HrefHere(Prefix + digits), Attr.AriaLabel($"Line {digits}"), Attr.Data(DataName.Line, digits))) { }
            using var source = html.Element(Tag.Span, Attr.Class("src"));
            var position = line.Start;
            var end = Math.Min(line.End, MaxLength);
            while (next < colours.Count && colours[next].At.Start < end)
            {
                var colour = colours[next];
                var from = Math.Max(colour.At.Start, position);
                Marked(position, from);
                if (colour.Part == SplPart.Pipe && line.Length > LongLine && !text.AsSpan(line.Start, from - line.Start).IsWhiteSpace()) html.Element(Tag.Br).Dispose();
                Coloured(colour, from, Math.Min(colour.At.End, end));
                position = Math.Max(from, Math.Min(colour.At.End, end));
                // A quoted text may go on in the next line.
                if (colour.At.End > line.End) break;
                next++;
            }
            Marked(position, end);
        }
        foreach (var diagnostic in Diagnostics)
            if (IsAbout(diagnostic, line)) WriteDiagnostic(diagnostic);
        html.Line();
    }

    // What is said of the end of the text belongs to its last line.
    bool IsAbout(Diagnostic diagnostic, Span line)
    {
        var isLast = line.End >= text.TrimEnd().Length && line.Start < Math.Max(1, text.TrimEnd().Length);
        var next = line.End < text.Length && text[line.End] is '\n' or '\r' ? line.End + 1 : line.End;
        return diagnostic.At.Start >= line.Start && (diagnostic.At.Start < next || isLast);
    }

    void Coloured(ColouredSpan colour, int from, int to)
    {
        if (to <= from) return;
        if (colour.Macro is { } key && from == colour.At.Start && to == colour.At.End && Macros.Begin(html, key, text[from..to])) return;
        using var span = html.Element(Tag.Span, Attr.Class(ClassOf(colour.Part)));
        Marked(from, to);
    }

    // The places of diagnostics are underlined, whatever their colour.
    void Marked(int from, int to)
    {
        while (from < to)
        {
            var fault = Diagnostics.Where(diagnostic => diagnostic.At.Start < to && diagnostic.At.End > from).MinBy(diagnostic => diagnostic.At.Start);
            var start = fault is null ? to : Math.Max(from, fault.At.Start);
            if (start > from) html.Text(text[from..start]);
            if (fault is null) return;
            from = Math.Min(to, fault.At.End);
            html.Element(Tag.Mark, text[start..from], Attr.Class("fault"));
        }
    }

    void WriteDiagnostic(Diagnostic diagnostic)
    {
        using var box = html.Element(Tag.Div, Attr.Class("diagnostic"));
        html.Element(Tag.Strong, $"{diagnostic.Severity.ToString().ToLowerInvariant()}[{diagnostic.Code}]");
        html.Text($" {diagnostic.Message}");
        if (diagnostic.Help is { } help) html.Element(Tag.Span, help, Attr.Class("help"));
    }

    /// <summary>A search within a line of text, coloured; its macros unfold.</summary>
    public static void WriteInline(HtmlWriter html, string text, MacroFolds macros)
    {
        var position = 0;
        foreach (var colour in SplColours.Of(text))
        {
            if (colour.At.Start > position) html.Text(text[position..colour.At.Start]);
            var written = text.Substring(colour.At.Start, colour.At.Length);
            if (colour.Macro is not { } key || !macros.Begin(html, key, written)) html.Element(Tag.Span, written, Attr.Class(ClassOf(colour.Part)));
            position = colour.At.End;
        }
        if (position < text.Length) html.Text(text[position..]);
    }

    static string ClassOf(SplPart part) => part switch
    {
        SplPart.Pipe => "t-pipe",
        SplPart.Command => "t-cmd",
        SplPart.Keyword => "t-key",
        SplPart.Function => "t-fn",
        SplPart.Field => "t-field",
        SplPart.Option => "t-opt",
        SplPart.Text => "t-str",
        SplPart.Number => "t-num",
        SplPart.Operator => "t-op",
        SplPart.Macro => "t-mac",
        SplPart.Comment => "t-com",
        _ => "t",
    };
}
