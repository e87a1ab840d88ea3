using System.Text;

namespace Karst.Rules;

/// <summary>Reads the text of a small file at once: UTF-8, or what its first bytes say. Throws what file access throws.</summary>
static class RuleText
{
    /// <summary>The text, without a byte order mark.</summary>
    internal static string Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes switch
        {
            [0xEF, 0xBB, 0xBF, .. var rest] => Encoding.UTF8.GetString(rest),
            // UTF-16 and UTF-32 in either order.
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..] => File.ReadAllText(path),
            _ => Encoding.UTF8.GetString(bytes),
        };
    }
}
