using System.Runtime.CompilerServices;

namespace Karst.Engine.Regexes;

/// <summary>
/// A regular expression that can match in one way only, run as a scan over UTF-8: what repeats cannot be what follows, so nothing is ever tried twice.
/// Gives what the expression gives, or says that it cannot tell (`null` of <see cref="Find"/>), for which the expression itself is there. Safe for several threads.
/// </summary>
sealed class BytePattern
{
    // Of bytes looked at for each byte of a text: more would be an expression's time-out.
    const long MostLooks = 64;

    readonly ByteNode[] _nodes;
    readonly byte[] _prefix;
    readonly bool[] _first;
    readonly bool _isAnchored;

    internal BytePattern(ByteNode[] nodes, int groups, bool isAnchored)
    {
        _nodes = nodes;
        GroupCount = groups;
        _isAnchored = isAnchored;
        _prefix = PrefixOf(nodes);
        _first = ByteNode.FirstOf(nodes, ByteFollow.End).Bytes;
    }

    /// <summary>How many groups there are.</summary>
    internal int GroupCount { get; }

    /// <summary>
    /// The first match at or behind <paramref name="from"/>: true, with the places of group 0 and the others in <paramref name="groups"/> (begin and end of each, -1 where it took no part).
    /// Null where this scan cannot tell.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool? Find(ReadOnlySpan<byte> text, int from, Span<int> groups)
    {
        var scan = new ByteScan(text, groups, (MostLooks * text.Length) + 4_096);
        for (var at = from; at < text.Length; at++)
        {
            if (_isAnchored)
            {
                if (at > 0) return false;
            }
            else if (_prefix.Length > 0)
            {
                var next = text[at..].IndexOf(_prefix);
                if (next < 0) return false;
                at += next;
            }
            else
            {
                while (at < text.Length && !_first[text[at]]) at++;
                if (at == text.Length) return false;
            }
            groups.Fill(-1);
            var end = scan.Run(_nodes, at);
            if (scan.IsUndecided) return null;
            if (end >= 0)
            {
                groups[0] = at;
                groups[1] = end;
                return true;
            }
            // Each start within a leading run comes to the end of the same run, and fails there.
            if (LeadingRun() is { } run)
                while (at + 1 < text.Length && run.Set[text[at + 1]]) at++;
        }
        return false;
    }

    ByteNode? LeadingRun()
    {
        foreach (var node in _nodes)
        {
            if (node.Kind is ByteNodeKind.Open or ByteNodeKind.Close) continue;
            return node is { Kind: ByteNodeKind.Run, Least: 1, Most: int.MaxValue } ? node : null;
        }
        return null;
    }

    static byte[] PrefixOf(ByteNode[] nodes)
    {
        foreach (var node in nodes)
        {
            if (node.Kind is ByteNodeKind.Open or ByteNodeKind.Close) continue;
            return node.Kind == ByteNodeKind.Literal ? node.Text : [];
        }
        return [];
    }
}

/// <summary>One try at a place of a text.</summary>
ref struct ByteScan(ReadOnlySpan<byte> text, Span<int> groups, long looks)
{
    readonly ReadOnlySpan<byte> _text = text;
    readonly Span<int> _groups = groups;
    long _looks = looks;

    /// <summary>What the expression does here depends on more than bytes tell.</summary>
    internal bool IsUndecided { get; private set; }

    /// <summary>Where the nodes end that begin at a place; -1 when they do not match there.</summary>
    internal int Run(ByteNode[] nodes, int at)
    {
        foreach (var node in nodes)
        {
            switch (node.Kind)
            {
                case ByteNodeKind.Open:
                    _groups[2 * node.Group] = at;
                    break;
                case ByteNodeKind.Close:
                    _groups[(2 * node.Group) + 1] = at;
                    break;
                case ByteNodeKind.Literal:
                    if (!_text[at..].StartsWith(node.Text)) return -1;
                    at += node.Text.Length;
                    break;
                case ByteNodeKind.Run:
                    at = RunOf(node, at);
                    break;
                case ByteNodeKind.Optional:
                    at = OptionalOf(node, at);
                    break;
                case ByteNodeKind.OneOf:
                    at = OneOf(node, at);
                    break;
                default:
                    at = Until(node, at);
                    break;
            }
            if (at < 0 || IsUndecided) return -1;
        }
        return at;
    }

    int RunOf(ByteNode node, int at)
    {
        var end = at;
        var most = node.Most == int.MaxValue ? _text.Length : Math.Min(_text.Length, at + node.Most);
        var set = node.Set;
        while (end < most && set[_text[end]]) end++;
        Look(end - at + 1);
        // One character may be several bytes.
        if (node.Most < int.MaxValue && end > at && _text[end - 1] >= 0x80) IsUndecided = true;
        return end - at < node.Least ? -1 : end;
    }

    int OptionalOf(ByteNode node, int at)
    {
        var end = Run(node.Parts, at);
        if (end >= 0 || IsUndecided) return end;
        foreach (var part in node.Parts)
            if (part.Kind is ByteNodeKind.Open) _groups[2 * part.Group] = _groups[(2 * part.Group) + 1] = -1;
        return at;
    }

    readonly int OneOf(ByteNode node, int at)
    {
        foreach (var text in node.Texts)
            if (_text[at..].StartsWith(text)) return at + text.Length;
        return -1;
    }

    // The end of a text is also before a line break at its end.
    int Until(ByteNode node, int at)
    {
        var from = at + node.Least;
        if (from > _text.Length) return -1;
        // The least is one character, which may be several bytes.
        if (node.Least > 0 && _text[at] >= 0x80) IsUndecided = true;
        var found = _text[from..].IndexOf(node.Text);
        Look(found < 0 ? _text.Length - from : found);
        if (node.OrEnd)
        {
            var end = _text.Length > from && _text[^1] == '\n' ? _text.Length - 1 : _text.Length;
            if (found < 0 || from + found > end) return Close(node, end, end);
        }
        return found < 0 ? -1 : Close(node, from + found, from + found + node.Text.Length);
    }

    readonly int Close(ByteNode node, int until, int end)
    {
        if (node.Group > 0) _groups[(2 * node.Group) + 1] = until;
        return end;
    }

    void Look(int bytes)
    {
        _looks -= bytes;
        if (_looks < 0) IsUndecided = true;
    }
}
