using Karst.Spl;

namespace Karst.Catalog.Html.Code;

/// <summary>Where the lines of a code block begin and end.</summary>
static class CodeLines
{
    /// <summary>The lines of a text.</summary>
    public static List<Span> Of(string text)
    {
        var lines = new List<Span>();
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && text[index] != '\n') continue;
            var end = index > start && text[index - 1] == '\r' ? index - 1 : index;
            if (index < text.Length || end > start || lines.Count == 0) lines.Add(Span.FromBounds(start, end));
            start = index + 1;
        }
        return lines;
    }
}
