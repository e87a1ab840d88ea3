using Karst.Catalog.Model;

namespace Karst.Catalog.Building;

/// <summary>Texts by how often they occur: the most frequent first, equals in ordinal order.</summary>
static class Counts
{
    public static IReadOnlyList<Counted> By<T>(IEnumerable<T> items, Func<T, string> text) => Of(items.Select(text));

    public static IReadOnlyList<Counted> Of(IEnumerable<string> texts, Func<string, string?>? address = null) =>
    [
        .. texts.CountBy(static text => text, StringComparer.Ordinal)
            .OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new Counted(pair.Key, pair.Value) { Address = address?.Invoke(pair.Key) }),
    ];
}
