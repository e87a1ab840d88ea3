using System.Text;

namespace Karst.App.Output;

/// <summary>A reference page for a terminal: the Markdown that these pages use (headings, code blocks, lists, tables), nearly as it is.</summary>
static class MarkdownText
{
    /// <summary>The page as text.</summary>
    public static string Render(string markdown, Style style)
    {
        var text = new StringBuilder(markdown.Length);
        var isCode = false;
        foreach (var line in markdown.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                continue;
            }
            if (isCode) text.Append("    ").Append(line);
            else if (line.StartsWith('#')) text.Append(style.Bold(line.TrimStart('#').TrimStart()));
            else text.Append(line);
            text.Append('\n');
        }
        return text.ToString();
    }
}
