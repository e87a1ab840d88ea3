using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The fields behind BY.</summary>
static class ByFields
{
    /// <summary>Takes names up to the end or an option; each counts once.</summary>
    internal static string[] Take(ArgumentReader reader, params ReadOnlySpan<string> stop)
    {
        var names = new List<string>();
        while (!reader.AtEnd && reader.Peek(1) is not { Kind: TokenKind.Operator, Text: "=" })
        {
            var token = reader.Peek();
            if (token.Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            if (token.Kind == TokenKind.Word && IsStop(token.Text, stop)) break;
            var field = FieldArgument.TakePlain(reader);
            if (!names.Contains(field.Value)) names.Add(field.Value);
        }
        if (names.Count == 0) throw ArgumentReader.Error(SplErrors.Expected("a field name behind BY", reader.Peek(), reader.Command));
        return [.. names];
    }

    /// <summary>Throws when an aggregate's column has the name of a BY field.</summary>
    internal static void CheckNames(IEnumerable<Aggregation> aggregations, IReadOnlyList<string> by)
    {
        foreach (var aggregation in aggregations)
            if (!aggregation.IsPattern && by.Contains(aggregation.Name)) throw AggregationErrors.NamedAsKey(aggregation.Name, aggregation.At);
    }

    /// <summary>The clause as text, empty without fields.</summary>
    internal static string Describe(IReadOnlyList<string> by) => by.Count == 0 ? "" : $" BY {string.Join(' ', by)}";

    static bool IsStop(string word, ReadOnlySpan<string> stop)
    {
        foreach (var one in stop)
            if (word.Equals(one, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
