using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>Event types and tags of a row, sorted and without doubles: few sets come again and again, so each is made once, with its values.</summary>
sealed class EventTypeSet
{
    // Sets beyond this many are made anew each time.
    const int MostKept = 10_000;

    readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    readonly SortedSet<string> _typeTags = new(StringComparer.Ordinal);
    readonly Dictionary<object, EventTypeSet> _next = new(ReferenceEqualityComparer.Instance);

    readonly int[] _kept;

    EventTypeSet(IEnumerable<string> names, IEnumerable<string> tags, IEnumerable<string> typeTags, int[] kept)
    {
        _kept = kept;
        _names.UnionWith(names);
        _tags.UnionWith(tags);
        _typeTags.UnionWith(typeTags);
        Names = ValueOf(_names);
        Tags = ValueOf(_tags);
        TypeTags = ValueOf(_typeTags);
    }

    /// <summary>Neither types nor tags.</summary>
    internal static EventTypeSet Empty() => new([], [], [], [0]);

    /// <summary>`eventtype`.</summary>
    internal Value Names { get; }

    /// <summary>`tag`.</summary>
    internal Value Tags { get; }

    /// <summary>`tag::eventtype`.</summary>
    internal Value TypeTags { get; }

    /// <summary>This set with an event type and its tags.</summary>
    internal EventTypeSet With(EventType type) => Next(type, () => new EventTypeSet(_names.Append(type.Name), _tags.Concat(type.Tags), _typeTags.Concat(type.Tags), _kept));

    /// <summary>This set with the tags of a field's value.</summary>
    internal EventTypeSet With(FieldTag tag) => Next(tag, () => new EventTypeSet(_names, _tags.Concat(tag.Tags), _typeTags, _kept));

    EventTypeSet Next(object added, Func<EventTypeSet> make)
    {
        if (_next.TryGetValue(added, out var known)) return known;
        var made = make();
        if (_kept[0]++ < MostKept) _next[added] = made;
        return made;
    }

    static Value ValueOf(SortedSet<string> texts) => Value.FromMany(texts.Select(Value.FromText).ToArray());
}
