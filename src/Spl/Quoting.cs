using System.Text;

namespace Karst.Spl;

/// <summary>Escapes of quoted strings and of bare words.</summary>
public static class Quoting
{
    /// <summary>A text with what may stand between double quotes: <see cref="Resolve"/> gives it back.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // Splunk resolves `\\` and `\"`; a backslash before any other character stays, so that "\d+" and "C:\x" mean what they say.
    internal static string Resolve(ReadOnlySpan<char> text, char quote)
    {
        if (!text.Contains('\\')) return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var current = text[index];
            if (current == '\\' && index + 1 < text.Length && (text[index + 1] == '\\' || text[index + 1] == quote)) current = text[++index];
            result.Append(current);
        }
        return result.ToString();
    }

    // Outside quotes a backslash also keeps a pipe from ending the command (search manual, "escaping characters").
    internal static string ResolveWord(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\')) return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var current = text[index];
            if (current == '\\' && index + 1 < text.Length && IsEscapable(text[index + 1])) current = text[++index];
            result.Append(current);
        }
        return result.ToString();
    }

    internal static bool IsEscapable(char next) => next is '\\' or '"' or '|';

    /// <summary>The position of the closing quote, or -1; <paramref name="start"/> is that of the opening one.</summary>
    internal static int FindClose(ReadOnlySpan<char> text, int start, int end)
    {
        var quote = text[start];
        for (var index = start + 1; index < end; index++)
        {
            var current = text[index];
            if (current == quote) return index;
            if (current == '\\' && index + 1 < end && (text[index + 1] == quote || text[index + 1] == '\\')) index++;
        }
        return -1;
    }
}
