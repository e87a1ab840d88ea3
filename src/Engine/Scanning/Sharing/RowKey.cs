using Karst.Engine.Search;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>A trait of a field's values.</summary>
readonly record struct FieldTrait(string Field, ValueTrait Trait);

/// <summary>
/// Traits of which every row that a search keeps has at least one: where to look a row up to find the searches that may want it.
/// It may let too much through and never too little; the search's own filter decides.
/// </summary>
sealed class RowKey
{
    // How many rows a trait is likely to let through, relative to others: a guess that costs time where it is wrong, and nothing else.
    const double Number = 30;
    const double Raw = 40;
    const double ShortText = 60;
    const double Present = 100;

    RowKey(IReadOnlyList<FieldTrait> traits, double rows, Predicate? settled)
    {
        Traits = traits;
        Rows = rows;
        Settled = settled;
    }

    /// <summary>The traits.</summary>
    internal IReadOnlyList<FieldTrait> Traits { get; }

    /// <summary>The term that holds for just the rows that have one of the traits; null where the traits let more through.</summary>
    internal Predicate? Settled { get; }

    double Rows { get; }

    /// <summary>
    /// The keys of filters that all must hold, of which each will do, that which seems best first; none where every row has to be looked at.
    /// <paramref name="isImpossible"/> says which terms hold for no row, <paramref name="isFixed"/> which fields are the same in all.
    /// </summary>
    internal static IReadOnlyList<RowKey> Of(IEnumerable<FilterStage> filters, Func<Predicate, bool> isImpossible, Func<string, bool> isFixed) =>
        [.. filters.SelectMany(filter => TermsOf(filter.Filter.Root)).Select(term => Of(term, isImpossible, isFixed)).OfType<RowKey>().OrderBy(key => key.Rows)];

    static IEnumerable<Predicate> TermsOf(Predicate predicate) => predicate is AndPredicate and ? and.Terms.SelectMany(TermsOf) : [predicate];

    static RowKey? Of(Predicate predicate, Func<Predicate, bool> isImpossible, Func<string, bool> isFixed)
    {
        switch (predicate)
        {
            case ConstantPredicate { Value: false }:
                return new RowKey([], 0, predicate);
            case AndPredicate and:
                return Best(and.Terms.Select(term => Of(term, isImpossible, isFixed)));
            case OrPredicate or:
                Predicate[] possible = [.. or.Terms.Where(term => !isImpossible(term))];
                RowKey?[] keys = [.. possible.Select(term => Of(term, isImpossible, isFixed))];
                return Any(keys, keys.Zip(possible).All(static pair => ReferenceEquals(pair.First?.Settled, pair.Second)) ? or : null);
            case FieldPredicate field when !isFixed(field.Field):
                return One(field.Field, field.Value.Trait, field);
            case FieldInPredicate list when !isFixed(list.Field):
                return Any([.. list.Values.Select(value => One(list.Field, value.Trait, list))], list.Values.All(value => value.Trait.IsExact) ? list : null);
            case FieldNotPredicate not when !isFixed(not.Field):
                return One(not.Field, new ValueTrait(TraitKind.Present, []), null);
            case FieldOrderPredicate order when !isFixed(order.Field):
                return One(order.Field, new ValueTrait(TraitKind.Present, []), null);
            case TextPredicate text when !text.Term.RequiredLiteral.IsEmpty:
                return One("_raw", new ValueTrait(TraitKind.Part, text.Term.RequiredLiteral.ToArray()), null);
            default:
                return null;
        }
    }

    static RowKey One(string field, ValueTrait trait, Predicate? term)
    {
        var rows = trait switch
        {
            { Kind: TraitKind.Present } => Present,
            { Number: not null } => Number,
            { Text.Length: < 4, Kind: not TraitKind.Whole } => ShortText,
            _ when field == "_raw" => Raw,
            { Kind: TraitKind.Whole } => 1,
            _ => 3,
        };
        return new RowKey([new FieldTrait(field, trait)], rows, trait.IsExact ? term : null);
    }

    static RowKey? Best(IEnumerable<RowKey?> keys) => keys.Where(key => key is not null).MinBy(key => key!.Rows);

    // Many values of one kind are not many times the rows.
    static RowKey? Any(RowKey?[] keys, Predicate? settled)
    {
        var traits = new List<FieldTrait>();
        var rows = 0.0;
        foreach (var key in keys)
        {
            if (key is null) return null;
            traits.AddRange(key.Traits);
            rows = Math.Max(rows, key.Rows) + 0.2;
        }
        return new RowKey(traits, rows, settled);
    }
}
