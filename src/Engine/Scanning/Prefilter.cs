using System.Runtime.CompilerServices;
using Karst.Engine.Running;
using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// Literals of which every matching event holds at least one in its raw bytes, apart from the case of ASCII letters. Derived only where that
/// is certain; it may let too much through, and the parsed filter decides. An event with a `\u` escape (or `\/` where a literal has a slash)
/// always passes, since an escaped letter hides a literal.
/// </summary>
sealed class Prefilter
{
    const int MostLiterals = 8;
    const int LeastLength = 3;

    readonly byte[][] _literals;
    readonly Anchors[] _anchors;

    Prefilter(List<byte[]> literals)
    {
        _literals = [.. literals];
        _anchors = [.. literals.Select(literal => Anchors.Choose(literal))];
    }

    /// <summary>For filters that run before all field knowledge; null when nothing is certain. <paramref name="isRaw"/> says that a field's values stand in the raw text.</summary>
    internal static List<byte[]>? LiteralsOf(IEnumerable<FilterStage> filters, Func<string, bool> isRaw)
    {
        List<byte[]>? best = null;
        foreach (var filter in filters)
            if (Of(filter.Filter.Root, isRaw) is { } literals && IsBetter(literals, best)) best = literals;
        return best;
    }

    /// <summary>One prefilter for several plans: an event passes that any of them may want.</summary>
    internal static Prefilter? Union(IReadOnlyList<List<byte[]>?> plans)
    {
        var all = new List<byte[]>();
        foreach (var literals in plans)
        {
            if (literals is null) return null;
            foreach (var literal in literals)
                if (!all.Exists(known => known.AsSpan().SequenceEqual(literal))) all.Add(literal);
            if (all.Count > MostLiterals) return null;
        }
        return all.Count == 0 ? null : new Prefilter(all);
    }

    /// <summary>Adds the indices of the block's events that may match, in order.</summary>
    internal void Candidates(RawBlock block, List<int> candidates)
    {
        var events = block.Events;
        if (events.Count == 0) return;
        var passes = new bool[events.Count];
        for (var i = 0; i < _literals.Length; i++) Mark(block, _literals[i], _anchors[i], passes);
        Mark(block, @"\u"u8, new Anchors(0, 1), passes);
        if (_literals.Any(literal => literal.Contains((byte)'/'))) Mark(block, @"\/"u8, new Anchors(0, 1), passes);
        for (var i = 0; i < passes.Length; i++)
            if (passes[i]) candidates.Add(i);
    }

    // The events lie in the buffer in order, so one search over the whole block serves them all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Mark(RawBlock block, ReadOnlySpan<byte> literal, Anchors anchors, bool[] passes)
    {
        var events = block.Events;
        var at = events[0].Offset;
        var end = events[^1].Offset + events[^1].Length;
        var index = 0;
        while (at < end)
        {
            var hit = ByteSearch.IndexOfFolded(block.Buffer.AsSpan(at, end - at), literal, anchors);
            if (hit < 0) return;
            at += hit;
            while (index < events.Count && events[index].Offset + events[index].Length <= at) index++;
            if (index == events.Count) return;
            if (events[index].Offset <= at) passes[index] = true;
            at = Math.Max(at + 1, events[index].Offset + (events[index].Offset <= at ? events[index].Length : 0));
        }
    }

    static bool IsBetter(List<byte[]> literals, List<byte[]>? best) =>
        best is null || literals.Min(literal => literal.Length) * best.Count > best.Min(literal => literal.Length) * literals.Count;

    static List<byte[]>? Of(Predicate predicate, Func<string, bool> isRaw)
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
                return All(or.Terms.Select(term => Of(term, isRaw)));
            case AndPredicate and:
                List<byte[]>? best = null;
                foreach (var term in and.Terms)
                    if (Of(term, isRaw) is { } literals && IsBetter(literals, best)) best = literals;
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
