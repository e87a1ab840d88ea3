using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Regexes;

/// <summary>A sed script of `rex mode=sed`: `s/regex/replacement/flags` (flag `g`, or the number of the match) and `y/letters/letters/`, one after the other.</summary>
public sealed class SedScript
{
    readonly List<Func<string, RunContext, string>> _commands;

    SedScript(string text, List<Func<string, RunContext, string>> commands)
    {
        Text = text;
        _commands = commands;
    }

    /// <summary>The script as written.</summary>
    public string Text { get; }

    /// <summary>Reads a script; throws <see cref="SplException"/> when it is none.</summary>
    public static SedScript Parse(Token script)
    {
        var text = script.Value;
        var commands = new List<Func<string, RunContext, string>>();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or ';' or '\t' or '\n' or '\r')
            {
                at++;
                continue;
            }
            var kind = text[at++];
            if (kind is not ('s' or 'y') || at >= text.Length) throw Bad(script);
            var delimiter = text[at++];
            var from = Part(text, delimiter, ref at) ?? throw Bad(script);
            var to = Part(text, delimiter, ref at) ?? throw Bad(script);
            var flags = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]))) at++;
            commands.Add(kind == 's'
                ? Substitution(PcreRegex.Compile(from, script.Span), to, text[flags..at], script)
                : Transliteration(from, to, text[flags..at], script));
        }
        return commands.Count == 0 ? throw Bad(script) : new SedScript(text, commands);
    }

    /// <summary>The text with all commands applied.</summary>
    public string Apply(string text, RunContext run)
    {
        foreach (var command in _commands) text = command(text, run);
        return text;
    }

    // Up to the next delimiter; one behind a backslash belongs to the part.
    static string? Part(string text, char delimiter, ref int at)
    {
        var part = new StringBuilder();
        for (; at < text.Length; at++)
        {
            if (text[at] == delimiter)
            {
                at++;
                return part.ToString();
            }
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                if (text[at + 1] != delimiter) part.Append('\\');
                at++;
            }
            part.Append(text[at]);
        }
        return null;
    }

    static Func<string, RunContext, string> Substitution(PcreRegex pattern, string replacement, string flags, Token script)
    {
        var only = 1;
        if (flags == "g") return (text, run) => Replace(text, pattern.Matches(text, run), replacement);
        if (flags.Length > 0 && (!int.TryParse(flags, NumberStyles.None, CultureInfo.InvariantCulture, out only) || only < 1)) throw Bad(script);
        return (text, run) => Replace(text, pattern.Matches(text, run, only).Skip(only - 1), replacement);
    }

    static Func<string, RunContext, string> Transliteration(string from, string to, string flags, Token script)
    {
        if (flags.Length > 0 || from.Length != to.Length) throw Bad(script);
        return (text, _) => string.Create(text.Length, (text, from, to), static (letters, state) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                var index = state.from.IndexOf(state.text[i], StringComparison.Ordinal);
                letters[i] = index < 0 ? state.text[i] : state.to[index];
            }
        });
    }

    static string Replace(string text, IEnumerable<Match> matches, string replacement)
    {
        var made = new StringBuilder(text.Length);
        var at = 0;
        foreach (var match in matches)
        {
            made.Append(text, at, match.Index - at);
            Expand(made, match, replacement);
            at = match.Index + match.Length;
        }
        return made.Append(text, at, text.Length - at).ToString();
    }

    static void Expand(StringBuilder made, Match match, string replacement)
    {
        for (var at = 0; at < replacement.Length; at++)
        {
            if (replacement[at] != '\\' || at + 1 == replacement.Length)
            {
                made.Append(replacement[at]);
                continue;
            }
            var next = replacement[++at];
            if (char.IsAsciiDigit(next)) made.Append(match.Groups[next - '0'].Value);
            else made.Append(next switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => next });
        }
    }

    static SplException Bad(Token script) =>
        new(new Diagnostic("SPL130", $"`{script.Value}` is no sed script", script.Span, "scripts look like `s/regex/replacement/g` or `y/abc/xyz/`"));
}
