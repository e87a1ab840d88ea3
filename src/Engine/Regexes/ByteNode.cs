namespace Karst.Engine.Regexes;

/// <summary>What a node of a <see cref="BytePattern"/> does.</summary>
enum ByteNodeKind { Literal, Run, Open, Close, Optional, OneOf, Until }

/// <summary>A part of a <see cref="BytePattern"/>.</summary>
sealed class ByteNode
{
    internal required ByteNodeKind Kind { get; init; }

    /// <summary>The literal; that which ends an <see cref="ByteNodeKind.Until"/>.</summary>
    internal byte[] Text { get; init; } = [];

    /// <summary>The literals of which one stands there; none begins another.</summary>
    internal IReadOnlyList<byte[]> Texts { get; init; } = [];

    /// <summary>The bytes of a run.</summary>
    internal bool[] Set { get; init; } = [];

    /// <summary>How many characters a run has at the least; those before the end of an <see cref="ByteNodeKind.Until"/>.</summary>
    internal int Least { get; init; }

    /// <summary>How many characters a run has at the most.</summary>
    internal int Most { get; init; }

    /// <summary>The expression wants as few of a run as it can.</summary>
    internal bool IsLazy { get; init; }

    /// <summary>The group that opens or closes; that which an <see cref="ByteNodeKind.Until"/> closes before its literal, or 0.</summary>
    internal int Group { get; init; }

    /// <summary>The end of the text will do as well.</summary>
    internal bool OrEnd { get; init; }

    /// <summary>What may be there or not.</summary>
    internal ByteNode[] Parts { get; init; } = [];

    /// <summary>The bytes that nodes can begin with, with what follows them.</summary>
    internal static ByteFollow FirstOf(ReadOnlySpan<ByteNode> nodes, ByteFollow follow)
    {
        for (var i = nodes.Length - 1; i >= 0; i--) follow = nodes[i].First(follow);
        return follow;
    }

    /// <summary>No text can be matched in two ways, given what follows.</summary>
    internal static bool HasOneWay(ReadOnlySpan<ByteNode> nodes, ByteFollow follow)
    {
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            if (!nodes[i].HasOneWay(follow)) return false;
            follow = nodes[i].First(follow);
        }
        return true;
    }

    bool HasOneWay(ByteFollow follow) => Kind switch
    {
        ByteNodeKind.Run when Least == Most => true,
        ByteNodeKind.Run => !follow.Overlaps(Set) && !(IsLazy && follow.MayBeEmpty),
        ByteNodeKind.Optional => FirstOf(Parts, ByteFollow.End) is { MayBeEmpty: false } first && !follow.Overlaps(first.Bytes) && HasOneWay(Parts, follow),
        // The first end is taken: a later one is never asked for where nothing follows.
        ByteNodeKind.Until => follow.IsEnd,
        _ => true,
    };

    ByteFollow First(ByteFollow follow)
    {
        switch (Kind)
        {
            case ByteNodeKind.Open or ByteNodeKind.Close:
                return follow;
            case ByteNodeKind.Literal:
                return ByteFollow.Of([Text]);
            case ByteNodeKind.OneOf:
                return ByteFollow.Of(Texts);
            case ByteNodeKind.Run:
                return Least > 0 ? new ByteFollow(Set, false) : follow.With(Set);
            case ByteNodeKind.Optional:
                return follow.With(FirstOf(Parts, ByteFollow.End).Bytes);
            default:
                return new ByteFollow(Enumerable.Repeat(true, 256).ToArray(), OrEnd && Least == 0);
        }
    }
}

/// <summary>The bytes with which what follows can begin, and whether it may be empty.</summary>
readonly record struct ByteFollow(bool[] Bytes, bool MayBeEmpty)
{
    /// <summary>Nothing follows.</summary>
    internal static ByteFollow End { get; } = new(new bool[256], true) { IsEnd = true };

    internal bool IsEnd { get; init; }

    internal static ByteFollow Of(IEnumerable<byte[]> texts)
    {
        var bytes = new bool[256];
        foreach (var text in texts) bytes[text[0]] = true;
        return new ByteFollow(bytes, false);
    }

    internal bool Overlaps(bool[] set)
    {
        for (var i = 0; i < set.Length; i++)
            if (set[i] && Bytes[i]) return true;
        return false;
    }

    internal ByteFollow With(bool[] set) => new([.. Bytes.Zip(set, static (one, other) => one || other)], MayBeEmpty);
}
