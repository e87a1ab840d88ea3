using System.Globalization;

namespace Karst.Catalog.Html.Writing;

/// <summary>
/// The part of Markdown that descriptions use, and no HTML: paragraphs, lists, `code`, **strong**, and links on the web, named or bare.
/// Everything else is text.
/// </summary>
static class Markdown
{
    // A description of a megabyte is a fault of its rule, not a reason for a page that nobody can open. The JSON has it whole.
    const int MaxLength = 20_000;

    /// <summary>Writes a text as paragraphs and lists.</summary>
    public static void Write(HtmlWriter html, string text)
    {
        var shown = text.Length <= MaxLength ? text : text[..Whole(text)];
        var lines = shown.ReplaceLineEndings("\n").Split('\n');
        for (var index = 0; index < lines.Length;)
        {
            if (string.IsNullOrWhiteSpace(lines[index])) index++;
            else if (Item(lines[index]) is not null) index = List(html, lines, index);
            else index = Paragraph(html, lines, index);
        }
        if (shown.Length < text.Length)
            html.Element(Tag.P, string.Create(CultureInfo.InvariantCulture, $"The first {shown.Length:N0} of {text.Length:N0} characters; the JSON of this page has all."), Attr.Class("note"));
    }

    // Not through the middle of a pair of surrogates.
    static int Whole(string text) => char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;

    static int Paragraph(HtmlWriter html, string[] lines, int index)
    {
        using var paragraph = html.Element(Tag.P);
        var first = true;
        while (index < lines.Length && !string.IsNullOrWhiteSpace(lines[index]) && (first || Item(lines[index]) is null))
        {
            if (!first) html.Text(" ");
            Inline(html, lines[index++].Trim());
            first = false;
        }
        return index;
    }

    static int List(HtmlWriter html, string[] lines, int index)
    {
        using var list = html.Element(char.IsAsciiDigit(lines[index].TrimStart()[0]) ? Tag.Ol : Tag.Ul);
        while (index < lines.Length && Item(lines[index]) is { } item)
        {
            using var entry = html.Element(Tag.Li);
            Inline(html, item);
            // A line that goes on is set in.
            while (++index < lines.Length && lines[index].StartsWith("  ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(lines[index]) && Item(lines[index]) is null)
            {
                html.Text(" ");
                Inline(html, lines[index].Trim());
            }
        }
        return index;
    }

    // `* text`, `- text`, `1. text`, `1) text`.
    static string? Item(string line)
    {
        var text = line.TrimStart();
        if (text.Length > 1 && text[0] is '*' or '-' && text[1] == ' ') return text[2..].Trim();
        var digits = 0;
        while (digits < text.Length && digits < 3 && char.IsAsciiDigit(text[digits])) digits++;
        return digits > 0 && digits + 1 < text.Length && text[digits] is '.' or ')' && text[digits + 1] == ' ' ? text[(digits + 2)..].Trim() : null;
    }

    static void Inline(HtmlWriter html, string text)
    {
        var plain = 0;
        for (var index = 0; index < text.Length;)
        {
            var end = Element(html, text, index, ref plain);
            index = end > index ? end : index + 1;
        }
        html.Text(text[plain..]);
    }

    // Writes the element that begins at the index, after the plain text before it; returns where it ends, or the index when none begins.
    static int Element(HtmlWriter html, string text, int index, ref int plain)
    {
        switch (text[index])
        {
            case '`' when text.IndexOf('`', index + 1) is > 0 and var close && close > index + 1:
                Before(html, text, ref plain, index, close + 1);
                html.Element(Tag.Code, text[(index + 1)..close]);
                return close + 1;
            case '*' when string.CompareOrdinal(text, index, "**", 0, 2) == 0 && text.IndexOf("**", index + 2, StringComparison.Ordinal) is > 0 and var close && close > index + 2:
                Before(html, text, ref plain, index, close + 2);
                html.Element(Tag.Strong, text[(index + 2)..close]);
                return close + 2;
            case '[' when NamedLink(text, index) is var (name, link, end):
                Before(html, text, ref plain, index, end);
                html.Element(Tag.A, name, Attr.Href(link), Attr.External);
                return end;
            case 'h' when BareLink(text, index) is var (link, end):
                Before(html, text, ref plain, index, end);
                html.Element(Tag.A, text[index..end], Attr.Href(link), Attr.External);
                return end;
            default: return index;
        }
    }

    static void Before(HtmlWriter html, string text, ref int plain, int index, int end)
    {
        html.Text(text[plain..index]);
        plain = end;
    }

    static (string Name, WebLink Link, int End)? NamedLink(string text, int index)
    {
        var middle = text.IndexOf("](", index, StringComparison.Ordinal);
        if (middle < 0 || middle == index + 1) return null;
        var close = text.IndexOf(')', middle);
        if (close < 0 || WebLink.Parse(text[(middle + 2)..close]) is not { } link) return null;
        return (text[(index + 1)..middle], link, close + 1);
    }

    static (WebLink Link, int End)? BareLink(string text, int index)
    {
        if (index > 0 && char.IsLetterOrDigit(text[index - 1])) return null;
        if (string.CompareOrdinal(text, index, "http://", 0, 7) != 0 && string.CompareOrdinal(text, index, "https://", 0, 8) != 0) return null;
        var end = index;
        while (end < text.Length && text[end] is > ' ' and < '\x7F' and not ('<' or '>' or '"' or '`')) end++;
        // Punctuation behind an address belongs to the sentence.
        while (text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or ')' or '\'') end--;
        return WebLink.Parse(text[index..end]) is { } link ? (link, end) : null;
    }
}
