using System.Security.Cryptography;
using System.Text;

namespace Karst.Catalog.Building;

/// <summary>
/// Names of folders for texts from rules. A name has letters, digits, `-`, `_` and `.` of ASCII only, is never empty, hidden or reserved on any system, and is short: it cannot leave the folder that it is put in.
/// </summary>
public static class Slugs
{
    const int MaxLength = 80;

    static readonly HashSet<string> s_reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
        // The pages' own files stand in the same folders.
        "index", "assets", "layers",
    };

    /// <summary>
    /// A name for each text, all different even where case is not told apart. Texts that come to the same name get a hash of the text behind it, all but the one that
    /// comes most often (of equals the first in ordinal order); so do those too long. The order of the texts does not matter.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> texts, bool lowerCase = false)
    {
        var all = texts.CountBy(static text => text, StringComparer.Ordinal)
            .OrderByDescending(static counted => counted.Value).ThenBy(static counted => counted.Key, StringComparer.Ordinal)
            .Select(static counted => counted.Key).ToList();
        var result = new Dictionary<string, string>(all.Count, StringComparer.Ordinal);
        var taken = new HashSet<string>(all.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var text in all)
        {
            var plain = Plain(text, lowerCase);
            result[text] = taken.Add(plain) ? plain : WithHash(plain, text, taken);
        }
        return result;
    }

    /// <summary>A name that is taken, with a hash of the text that it is for behind it; the first length that is free.</summary>
    internal static string WithHash(string name, string text, HashSet<string> taken)
    {
        for (var bytes = 4; ; bytes *= 2)
            if ($"{name}-{Hash(text, bytes)}" is var longer && taken.Add(longer)) return longer;
    }

    static string Plain(string text, bool lowerCase)
    {
        var name = new StringBuilder(Math.Min(text.Length, MaxLength + 1));
        var lost = false;
        foreach (var character in text)
        {
            if (name.Length > MaxLength) break;
            if (char.IsAsciiLetterOrDigit(character) || character is '_' or '.') name.Append(lowerCase ? char.ToLowerInvariant(character) : character);
            else
            {
                lost |= !char.IsAscii(character);
                if (name.Length > 0 && name[^1] != '-') name.Append('-');
            }
        }
        var plain = name.ToString().Trim('-', '.');
        if (plain.Length > MaxLength) return $"{plain[..MaxLength].TrimEnd('-', '.')}-{Hash(text)}";
        if (plain.Length == 0) return Hash(text);
        // Windows reserves `con.anything` too.
        if (s_reserved.Contains(plain.Split('.')[0])) return $"{plain.Replace('.', '-')}-{Hash(text)}";
        return lost ? $"{plain}-{Hash(text)}" : plain;
    }

    static string Hash(string text, int bytes = 4) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Math.Min(bytes, SHA256.HashSizeInBytes)));
}
