using Karst.Engine.Plans;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Field names among a command's arguments, and what their wildcards stand for.</summary>
static class FieldArgument
{
    /// <summary>Takes a field name that may hold parentheses, as `sum(bytes)` does when it names a column.</summary>
    internal static Token Take(ArgumentReader reader, string what = "a field name")
    {
        var first = reader.TakeField(what);
        if (first.Kind != TokenKind.Word || reader.Peek() is not { Kind: TokenKind.Open, SpaceBefore: false }) return first;
        var depth = 0;
        Token last;
        do
        {
            last = reader.Take();
            if (last.Kind == TokenKind.Open) depth++;
            else if (last.Kind == TokenKind.Close) depth--;
            else if (last.Kind == TokenKind.End) throw ArgumentReader.Error(SplErrors.Expected("a closing parenthesis", last, reader.Command));
        }
        while (depth > 0);
        var span = first.Span.To(last.Span);
        var text = reader.Command.Source.Substring(span.Start, span.Length);
        return new Token(TokenKind.Word, text, text, span, first.SpaceBefore);
    }

    /// <summary>Takes a field name; throws where it has a wildcard.</summary>
    internal static Token TakePlain(ArgumentReader reader, string what = "a field name")
    {
        var field = Take(reader, what);
        return IsPattern(field.Value) ? throw CommandErrors.NoWildcard(reader.Command, field) : field;
    }

    /// <summary>The name has a wildcard.</summary>
    internal static bool IsPattern(string name) => name.Contains('*', StringComparison.Ordinal);

    /// <summary>A name or pattern covers a field. A wildcard at the start does not stand for the `_` of internal fields.</summary>
    internal static bool Covers(string pattern, string field) =>
        IsPattern(pattern)
            ? !(pattern[0] == '*' && field.StartsWith('_')) && Wildcard.Matches(pattern, field)
            : pattern == field;

    /// <summary>The columns of a batch that the names and patterns cover, in the order of the list, each once.</summary>
    internal static List<Column> Pick(IReadOnlyList<string> names, Batch batch)
    {
        var picked = new List<Column>();
        var seen = new HashSet<Column>();
        foreach (var name in names)
        {
            if (!IsPattern(name))
            {
                if (batch.Find(name) is { } column && seen.Add(column)) picked.Add(column);
                continue;
            }
            foreach (var column in batch.Columns)
                if (Covers(name, column.Name) && seen.Add(column)) picked.Add(column);
        }
        return picked;
    }

    /// <summary>Takes the rest of the arguments as names; commas and blanks separate them.</summary>
    internal static string[] TakeRest(ArgumentReader reader)
    {
        var names = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (Take(reader).Value is var name && !names.Contains(name)) names.Add(name);
        }
        return [.. names];
    }
}
