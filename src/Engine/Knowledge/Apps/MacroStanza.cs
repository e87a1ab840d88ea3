using Karst.Spl;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>A stanza of macros.conf as a macro.</summary>
static class MacroStanza
{
    internal static Macro? Read(ConfStanza stanza, KnowledgeProblems problems)
    {
        var open = stanza.Name.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? stanza.Name : stanza.Name[..open];
        var arguments = stanza["args"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var count = open < 0 ? "0" : stanza.Name[(open + 1)..].TrimEnd(')').Trim();
        if (count != arguments.Length.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}] takes {count} arguments by its name, but `args` names {arguments.Length}");
            return null;
        }
        if (stanza.Find("definition") is not { } definition)
        {
            problems.Add(stanza.File, stanza.Line, $"[{stanza.Name}] has no `definition`");
            return null;
        }
        return new Macro(name, arguments, definition.Value)
        {
            IsEval = stanza.Find("iseval")?.IsTrue ?? false,
            Validation = NullIfEmpty(stanza["validation"]),
            ErrorMessage = NullIfEmpty(stanza["errormsg"]),
        };
    }

    static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
