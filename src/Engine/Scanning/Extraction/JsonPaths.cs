using System.Runtime.CompilerServices;
using Karst.Engine.Plans;
using Karst.Engine.Running;

namespace Karst.Engine.Scanning.Extraction;

/// <summary>
/// A place in JSON documents: the field named after it, and what may lie beneath. For a closed set of wanted fields the tree is built
/// once and unknown keys are skipped; for an open one it grows with the keys that are seen.
/// </summary>
sealed class JsonNode
{
    // What is found by comparing; more keys of one length, and longer keys, are found by their hash.
    const int FewKeys = 8;
    const int LongestCompared = 255;

    // All keys from this length on are one bit of the lengths.
    const int LongLength = 63;

    readonly JsonPaths _paths;
    readonly string _name;
    JsonNode[]?[] _byLength = [];
    ulong _lengths;
    Dictionary<byte[], JsonNode>? _others;
    JsonNode? _elements;
    JsonRest? _rest;
    bool _hasRest;

    internal JsonNode(JsonPaths paths, string name, byte[] key)
    {
        _paths = paths;
        _name = name;
        Key = key;
        Column = paths.Wants(name) ? paths.ColumnOf(name) : -1;
        if (paths.IsOpen) _lengths = ulong.MaxValue;
    }

    /// <summary>The key as it stands in the text, without escapes.</summary>
    internal byte[] Key { get; }

    /// <summary>The column of the value, or -1 when it is not wanted.</summary>
    internal int Column { get; }

    /// <summary>Something beneath is wanted.</summary>
    internal bool HasBeneath => _paths.IsOpen || _elements is not null || _others is not null || _byLength.Length > 0;

    /// <summary>Every key makes a node.</summary>
    internal bool TakesAll => _paths.IsOpen;

    /// <summary>A key of that length may be wanted.</summary>
    internal bool MayHave(int length) => (_lengths >> Math.Min(length, LongLength) & 1) != 0;

    /// <summary>The node of an object's key, or null when nothing there is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal JsonNode? Child(ReadOnlySpan<byte> key)
    {
        if ((uint)key.Length < (uint)_byLength.Length && _byLength[key.Length] is { } candidates)
            foreach (var candidate in candidates)
                if (key.SequenceEqual(candidate.Key)) return candidate;
        if (_others is not null && _others.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var other)) return other;
        return _paths.IsOpen ? Make(key) : null;
    }

    /// <summary>When the rest of an object may be passed over; null where never.</summary>
    internal JsonRest? Rest => _hasRest ? _rest : MakeRest();

    /// <summary>The node of an array's elements, or null when nothing there is wanted.</summary>
    internal JsonNode? Elements => _elements ?? (_paths.IsOpen ? AddElements() : null);

    /// <summary>The node of a key, made if it is new; its field is named after the path, keys joined by dots.</summary>
    internal JsonNode Add(ReadOnlySpan<byte> key) => Child(key) ?? Make(key);

    JsonRest? MakeRest()
    {
        _hasRest = true;
        return _rest = _paths.IsOpen || _others is not null ? null : JsonRest.For([.. _byLength.SelectMany(nodes => nodes ?? []).Select(node => node.Key)]);
    }

    JsonNode Make(ReadOnlySpan<byte> key)
    {
        _hasRest = false;
        _lengths |= 1UL << Math.Min(key.Length, LongLength);
        var text = System.Text.Encoding.UTF8.GetString(key);
        var node = new JsonNode(_paths, this == _paths.Root ? text : $"{_name}.{text}", key.ToArray());
        var ofLength = key.Length < _byLength.Length ? _byLength[key.Length] ?? [] : [];
        if (key.Length > LongestCompared || ofLength.Length == FewKeys)
        {
            _others ??= new Dictionary<byte[], JsonNode>(ByteComparer.Instance);
            _others[node.Key] = node;
            return node;
        }
        if (key.Length >= _byLength.Length) Array.Resize(ref _byLength, key.Length + 1);
        _byLength[key.Length] = [.. ofLength, node];
        return node;
    }

    /// <summary>Adds the elements of an array: `name{}`.</summary>
    internal JsonNode AddElements() => _elements ??= new JsonNode(_paths, _name + "{}", []);
}

/// <summary>The wanted fields of JSON events as a tree of keys, each with the column that takes its values.</summary>
sealed class JsonPaths
{
    // A log whose keys are data (ids as keys) must not grow the tree without end.
    internal const int MostColumns = 20_000;

    readonly FieldSet _wanted;
    readonly List<string> _columns = [];
    readonly Dictionary<string, int> _columnOf = new(StringComparer.Ordinal);

    internal JsonPaths(FieldSet wanted)
    {
        _wanted = wanted;
        IsOpen = wanted.IsOpen;
        Root = new JsonNode(this, "", []);
        foreach (var name in wanted.Names) Plant(name);
    }

    /// <summary>Fields are wanted that cannot be listed, so all keys are looked at.</summary>
    internal bool IsOpen { get; private set; }

    /// <summary>Fields are wanted that cannot be listed.</summary>
    internal bool TakesAll => _wanted.IsOpen;

    /// <summary>All keys were wanted, until there were too many.</summary>
    internal bool IsFull => _wanted.IsOpen && !IsOpen;

    /// <summary>No field within the text is wanted.</summary>
    internal bool IsEmpty => !IsOpen && _columns.Count == 0;

    /// <summary>The document itself.</summary>
    internal JsonNode Root { get; }

    /// <summary>The columns' names, growing when the set is open.</summary>
    internal IReadOnlyList<string> Columns => _columns;

    internal bool Wants(string name) => name.Length > 0 && _wanted.Contains(name);

    /// <summary>The column of a field; places whose paths give one name (`{"a.b":1}` and `{"a":{"b":1}}`) share it.</summary>
    internal int ColumnOf(string name)
    {
        if (!_columnOf.TryAdd(name, _columns.Count)) return _columnOf[name];
        _columns.Add(name);
        if (_columns.Count >= MostColumns) IsOpen = false;
        return _columns.Count - 1;
    }

    // A dot in a field's name may be one in a key too (`{"a.b": 1}` and `{"a": {"b": 1}}` both give `a.b`), so every way to cut
    // the name is planted; names have few dots.
    void Plant(string name)
    {
        // Splunk's own fields win over keys of the same name, unless those go by another name (INDEXED_EXTRACTIONS).
        if (name is "_time" or "_raw" or "index" or "host" or "source" or "sourcetype" && !_wanted.Contains("extracted_" + name)) return;
        Plant(Root, name, 0);
    }

    static void Plant(JsonNode node, string rest, int cuts)
    {
        if (rest.Length == 0) return;
        if (rest.StartsWith("{}", StringComparison.Ordinal))
        {
            var elements = node.AddElements();
            Plant(elements, rest[2..].TrimStart('.'), cuts);
            return;
        }
        for (var at = 0; at <= rest.Length; at++)
        {
            var ends = at == rest.Length || rest[at] == '.' || rest.AsSpan(at).StartsWith("{}");
            if (!ends) continue;
            var child = node.Add(System.Text.Encoding.UTF8.GetBytes(rest[..at]));
            if (at < rest.Length) Plant(child, rest[at] == '.' ? rest[(at + 1)..] : rest[at..], cuts + 1);
            // Beyond a dozen parts only the plain cut is planted.
            if (cuts > 12) return;
        }
    }
}
