using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>A field that `chart` and `timechart` split by, and the buckets that its values are put into, if any.</summary>
public sealed record SeriesAxis(string Field)
{
    static readonly Value[] s_none = [];

    /// <summary>The options of buckets; null where values stay as they are.</summary>
    public BinOptions? Bins { get; init; }

    /// <summary>The size of the buckets has to be found from the values.</summary>
    internal bool NeedsRange => Bins is { Span: null };

    /// <summary>Buckets of time, which stay numbers.</summary>
    internal bool IsTime => Field == "_time";

    /// <summary>
    /// The start of a number's bucket; the value itself where there are no buckets or the value is no number. Buckets come out as their starts, so that
    /// they sort by size; <see cref="Label"/> gives them their ends.
    /// </summary>
    internal static Value Place(Value value, SpanLength? size, double align, TimeZoneInfo zone) =>
        size is not null && value.TryNumber(out var number) && size.Bucket(number, zone, align) is var (start, _) ? Value.FromNumber(start) : value;

    /// <summary>All places of a row's value: none when it is absent, one for each when there are several.</summary>
    internal Value[] Places(Value value, SpanLength? size, double align, TimeZoneInfo zone)
    {
        if (value.IsNull) return s_none;
        var places = new Value[value.Count];
        for (var i = 0; i < places.Length; i++) places[i] = Place(value[i], size, align, zone);
        return places;
    }

    /// <summary>A place as it is shown: times as they are, other buckets with both ends.</summary>
    internal Value Label(Value place, SpanLength? size, TimeZoneInfo zone) =>
        size is null || IsTime || !place.TryNumber(out var start) ? place : Value.FromText(SpanLength.Label(start, Next(start, size, zone)));

    /// <summary>The start of the bucket behind one.</summary>
    internal static double Next(double start, SpanLength size, TimeZoneInfo zone) => size switch
    {
        TimeLength time => time.Next(start, zone),
        NumberSpan plain => plain.Bucket(start + (plain.Size * 1.5)).Start,
        LogSpan log => start * log.Base,
        _ => double.NaN,
    };

    /// <inheritdoc/>
    public override string ToString() => Bins is null ? Field : Bins.Span is { } span ? $"{Field} span={span}" : $"{Field} bins={Bins.Bins}";
}
