using System.Runtime.CompilerServices;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// Passes the events that have, for one of several searches, all literals that it requires (<see cref="RequiredLiterals"/>). A look through the whole block for
/// one choice of each search finds most of those who have none; the other choices are looked for in what is left. It may let too much through, and the parsed
/// filter decides. Letters can hide behind escapes (`\u0061`, `\/`): such an event is looked at as it reads without them.
/// </summary>
sealed class Prefilter
{
    readonly Literal[] _leading;
    readonly Literal[][][] _choices;
    readonly bool _hasSlash;
    readonly bool _needsLook;
    byte[] _plain = [];

    Prefilter(List<RequiredLiterals> plans, List<byte[]> leading)
    {
        _leading = [.. leading.Select(Literal.Of)];
        _choices = [.. plans.Select(static plan => plan.Choices.Select(static choice => choice.Select(Literal.Of).ToArray()).ToArray())];
        _hasSlash = _choices.Any(static choices => choices.Any(static choice => choice.Any(static literal => literal.Bytes.Contains((byte)'/'))));
        _needsLook = _choices.Any(static choices => choices.Length > 1);
    }

    /// <summary>What the look through the block saw in an event.</summary>
    enum Mark : byte
    {
        None,
        Found,
        Escaped,
    }

    /// <summary>One prefilter for several searches; null where one of them may want events without any certain literal, or where they have too many.</summary>
    internal static Prefilter? Union(IReadOnlyList<RequiredLiterals?> plans)
    {
        var (certain, leading) = (new List<RequiredLiterals>(), new List<byte[]>());
        foreach (var plan in plans)
        {
            if (plan is null) return null;
            certain.Add(plan);
            foreach (var literal in plan.Choices[0])
                if (!leading.Exists(known => known.AsSpan().SequenceEqual(literal))) leading.Add(literal);
            if (leading.Count > RequiredLiterals.MostLiterals) return null;
        }
        return leading.Count == 0 ? null : new Prefilter(certain, leading);
    }

    /// <summary>Adds the indices of the block's events that may match, in order.</summary>
    internal void Candidates(RawBlock block, List<int> candidates)
    {
        var events = block.Events;
        if (events.Count == 0) return;
        var marks = new Mark[events.Count];
        foreach (var literal in _leading) Find(block, literal, Mark.Found, marks);
        Find(block, Literal.Escape, Mark.Escaped, marks);
        if (_hasSlash) Find(block, Literal.EscapedSlash, Mark.Escaped, marks);
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] == Mark.None) continue;
            if (marks[i] == Mark.Escaped || _needsLook)
            {
                var text = block.Buffer.AsSpan(events[i].Offset, events[i].Length);
                if (!MayMatch(text, marks[i] == Mark.Escaped ? Unescaped(text) : default)) continue;
            }
            candidates.Add(i);
        }
    }

    // The events lie in the buffer in order, so one search over the whole block serves them all.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Find(RawBlock block, Literal literal, Mark mark, Mark[] marks)
    {
        var events = block.Events;
        var at = events[0].Offset;
        var end = events[^1].Offset + events[^1].Length;
        var index = 0;
        while (at < end)
        {
            var hit = ByteSearch.IndexOfFolded(block.Buffer.AsSpan(at, end - at), literal.Bytes, literal.Anchors);
            if (hit < 0) return;
            at += hit;
            while (index < events.Count && events[index].Offset + events[index].Length <= at) index++;
            if (index == events.Count) return;
            if (events[index].Offset <= at) marks[index] = mark;
            at = Math.Max(at + 1, events[index].Offset + (events[index].Offset <= at ? events[index].Length : 0));
        }
    }

    /// <summary>The whole event as its strings read to those who extract fields: a string begins behind a quote, so no escape is read across its beginning.</summary>
    ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> text)
    {
        if (_plain.Length < text.Length) _plain = new byte[text.Length];
        return _plain.AsSpan(0, JsonText.Unescape(text, _plain));
    }

    /// <summary>Terms are sought in the text as it stands, fields in what it reads as.</summary>
    bool MayMatch(ReadOnlySpan<byte> text, ReadOnlySpan<byte> plain)
    {
        foreach (var choices in _choices)
        {
            var hasAll = true;
            foreach (var choice in choices)
            {
                hasAll = HasOne(text, choice) || HasOne(plain, choice);
                if (!hasAll) break;
            }
            if (hasAll) return true;
        }
        return false;
    }

    static bool HasOne(ReadOnlySpan<byte> text, Literal[] choice)
    {
        foreach (var literal in choice)
            if (ByteSearch.IndexOfFolded(text, literal.Bytes, literal.Anchors) >= 0) return true;
        return false;
    }

    sealed record Literal(byte[] Bytes, Anchors Anchors)
    {
        public static readonly Literal Escape = new([.. @"\u"u8], new Anchors(0, 1));
        public static readonly Literal EscapedSlash = new([.. @"\/"u8], new Anchors(0, 1));

        public static Literal Of(byte[] bytes) => new(bytes, Anchors.Choose(bytes));
    }
}
