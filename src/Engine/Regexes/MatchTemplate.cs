using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Karst.Engine.Regexes;

/// <summary>FORMAT of transforms.conf: a text in which `$1` stands for what a group of the match holds.</summary>
static class MatchTemplate
{
    // No pattern has more groups than three digits can name.
    const int MostDigits = 3;

    /// <summary>The text; <paramref name="whole"/> stands for `$0` where that is not the whole match.</summary>
    internal static string Fill(string template, Match match, string? whole = null)
    {
        if (!template.Contains('$', StringComparison.Ordinal)) return template;
        var text = new StringBuilder();
        for (var i = 0; i < template.Length; i++)
        {
            var digits = i + 1;
            while (template[i] == '$' && digits < template.Length && digits - i <= MostDigits && char.IsAsciiDigit(template[digits])) digits++;
            if (template[i] != '$' || digits == i + 1)
            {
                text.Append(template[i]);
                continue;
            }
            var group = int.Parse(template.AsSpan(i + 1, digits - i - 1), CultureInfo.InvariantCulture);
            text.Append(group == 0 && whole is not null ? whole : match.Groups[group].Value);
            i = digits - 1;
        }
        return text.ToString();
    }

    /// <summary>The number of the group that a template consists of alone (`$1`); -1 where it is anything else.</summary>
    internal static int GroupOf(string template) =>
        template.Length is > 1 and <= MostDigits + 1 && template[0] == '$' && int.TryParse(template.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var group) ? group : -1;
}
