using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The search of `map`, with `$field$` where values of a row shall stand.</summary>
public sealed record MapTemplate(string Text)
{
    static readonly HashSet<string> s_operators = new(["AND", "OR", "NOT", "IN", "XOR"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that it names; what stands between two dollar signs and is no name is text.</summary>
    public IReadOnlyList<string> Fields { get; } = FieldsOf(Text);

    /// <summary>
    /// The search with a value for each name. A plain word stands as it is, everything else between quotes, so that no value of a log becomes a
    /// command; within quotes of the search itself it needs none of its own.
    /// </summary>
    public string Fill(Func<string, string> value) => Template.Fill(Text, (name, isQuoted) =>
    {
        if (!IsName(name)) return null;
        var text = value(name);
        return isQuoted ? Quoting.Escape(text) : IsWord(text) ? text : $"\"{Quoting.Escape(text)}\"";
    });

    static List<string> FieldsOf(string text)
    {
        var fields = new List<string>();
        Template.Fill(text, (name, _) =>
        {
            if (IsName(name) && name != "_serial_id_") fields.Add(name);
            return null;
        });
        return fields;
    }

    static bool IsWord(string value) => value.Length > 0 && value.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':' or '-') && !s_operators.Contains(value);

    static bool IsName(string text) => text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':' or '-' or '{' or '}');
}
