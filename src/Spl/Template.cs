using System.Text;

namespace Karst.Spl;

/// <summary>Finds `$token$` in texts: a name without blanks between dollar signs, replaced in one pass, so that values are never read again.</summary>
public static class Template
{
    /// <summary>Replaces the tokens that <paramref name="value"/> knows; it is told whether the token stands between double quotes. Others stay as written.</summary>
    public static string Fill(string template, Func<string, bool, string?> value)
    {
        var result = new StringBuilder(template.Length + 32);
        var quoted = false;
        for (var i = 0; i < template.Length; i++)
        {
            var character = template[i];
            if (character == '\\' && quoted && i + 1 < template.Length)
            {
                result.Append(character).Append(template[++i]);
                continue;
            }
            if (character == '"') quoted = !quoted;
            var end = character == '$' ? EndOf(template, i + 1) : -1;
            if (end < 0 || value(template[(i + 1)..end], quoted) is not { } text)
            {
                result.Append(character);
                continue;
            }
            result.Append(text);
            i = end;
        }
        return result.ToString();
    }

    static int EndOf(string template, int start)
    {
        for (var i = start; i < template.Length; i++)
        {
            if (template[i] == '$') return i > start ? i : -1;
            if (char.IsWhiteSpace(template[i]) || template[i] == '"') return -1;
        }
        return -1;
    }
}
