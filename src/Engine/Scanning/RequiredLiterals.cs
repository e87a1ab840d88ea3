using Karst.Engine.Search;

namespace Karst.Engine.Scanning;

/// <summary>
/// What every event that a search wants holds in its raw bytes, apart from the case of ASCII letters: of each choice at least one literal. Derived only where
/// that is certain; of a plan without any choice all events may be wanted.
/// </summary>
sealed class RequiredLiterals
{
    /// <summary>More are not worth a look each.</summary>
    public const int MostLiterals = 8;

    const int LeastLength = 3;

    readonly List<List<byte[]>> _choices = [];

    /// <summary>The most telling one first.</summary>
    public IReadOnlyList<IReadOnlyList<byte[]>> Choices => _choices;

    /// <summary>For filters that run before all field knowledge; null when nothing is certain. <paramref name="isRaw"/> says that a field's values stand in the raw text.</summary>
    public static RequiredLiterals? Of(IEnumerable<FilterStage> filters, Func<string, bool> isRaw)
    {
        var required = new RequiredLiterals();
        foreach (var filter in filters) required.Add(filter.Filter.Root, isRaw);
        if (required._choices.Count == 0) return null;
        var best = 0;
        for (var i = 1; i < required._choices.Count; i++)
            if (IsBetter(required._choices[i], required._choices[best])) best = i;
        (required._choices[0], required._choices[best]) = (required._choices[best], required._choices[0]);
        return required;
    }

    void Add(Predicate predicate, Func<string, bool> isRaw)
    {
        if (predicate is AndPredicate and)
        {
            foreach (var term in and.Terms) Add(term, isRaw);
        }
        else if (ChoiceOf(predicate, isRaw) is { } choice)
        {
            _choices.Add(choice);
        }
    }

    static bool IsBetter(List<byte[]> literals, List<byte[]>? best) =>
        best is null || literals.Min(literal => literal.Length) * best.Count > best.Min(literal => literal.Length) * literals.Count;

    static List<byte[]>? ChoiceOf(Predicate predicate, Func<string, bool> isRaw)
    {
        switch (predicate)
        {
            case FieldPredicate field when isRaw(field.Field):
                return One(field.Value.RequiredLiteral);
            case TextPredicate text:
                return One(text.Term.RequiredLiteral);
            case FieldInPredicate list when isRaw(list.Field):
                return All(list.Values.Select(value => One(value.RequiredLiteral)));
            case OrPredicate or:
                return All(or.Terms.Select(term => ChoiceOf(term, isRaw)));
            case AndPredicate and:
                List<byte[]>? best = null;
                foreach (var term in and.Terms)
                    if (ChoiceOf(term, isRaw) is { } literals && IsBetter(literals, best)) best = literals;
                return best;
            default:
                return null;
        }
    }

    static List<byte[]>? All(IEnumerable<List<byte[]>?> parts)
    {
        var all = new List<byte[]>();
        foreach (var part in parts)
        {
            if (part is null) return null;
            all.AddRange(part);
        }
        return all.Count is 0 or > MostLiterals ? null : all;
    }

    // Quotes, backslashes and control characters are written with escapes in JSON and XML: only the longest run without them is certain.
    static List<byte[]>? One(ReadOnlySpan<byte> literal)
    {
        ReadOnlySpan<byte> longest = default;
        var start = 0;
        for (var i = 0; i <= literal.Length; i++)
        {
            if (i < literal.Length && literal[i] is >= 0x20 and not ((byte)'"' or (byte)'\\' or (byte)'<' or (byte)'>' or (byte)'&' or (byte)'\'')) continue;
            if (i - start > longest.Length) longest = literal[start..i];
            start = i + 1;
        }
        return longest.Length < LeastLength ? null : [longest.ToArray()];
    }
}
