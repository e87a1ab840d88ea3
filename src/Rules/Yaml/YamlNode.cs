namespace Karst.Rules.Yaml;

/// <summary>A YAML value with its place. Aliases share the node of their anchor, so that nothing is ever expanded.</summary>
abstract record YamlNode(FilePlace At)
{
    /// <summary>How people call it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A scalar; <see cref="Start"/> is its first character in the file.</summary>
sealed record YamlScalar(string Value, bool IsPlain, int Start, FilePlace At) : YamlNode(At)
{
    public override string Kind => IsNull ? "nothing" : "a text";

    /// <summary>An unquoted `null`, `~` or nothing.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
sealed record YamlList(FilePlace At) : YamlNode(At)
{
    public override string Kind => "a list";

    public List<YamlNode> Items { get; } = [];
}

/// <summary>A key of a mapping, and its value.</summary>
readonly record struct YamlEntry(string Key, FilePlace KeyAt, YamlNode Value);

/// <summary>A mapping with text keys, in order.</summary>
sealed record YamlMap(FilePlace At) : YamlNode(At)
{
    // Fewer keys are found sooner one by one.
    const int FewKeys = 24;

    readonly List<YamlEntry> _entries = [];
    Dictionary<string, int>? _index;

    public override string Kind => "a mapping";

    public IReadOnlyList<YamlEntry> Entries => _entries;

    /// <summary>Where each key stands.</summary>
    public Dictionary<string, FilePlace> Places => _entries.ToDictionary(entry => entry.Key, entry => entry.KeyAt, StringComparer.Ordinal);

    /// <summary>The value of a key, or null when it is absent or null.</summary>
    public YamlNode? Get(string key) => Find(key) is { Value: not YamlScalar { IsNull: true } } entry ? entry.Value : null;

    /// <summary>The entry of a key, or null when it is absent.</summary>
    public YamlEntry? Find(string key)
    {
        if (_index is not null) return _index.TryGetValue(key, out var at) ? _entries[at] : null;
        foreach (var entry in _entries)
            if (entry.Key == key) return entry;
        return null;
    }

    /// <summary>Where a key stands; the mapping's place when it is absent.</summary>
    public FilePlace PlaceOf(string key) => Find(key)?.KeyAt ?? At;

    /// <summary>Adds an entry; false when the key is there.</summary>
    public bool TryAdd(string key, FilePlace at, YamlNode value)
    {
        if (Find(key) is not null) return false;
        if (_entries.Count == FewKeys)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < FewKeys; i++) _index[_entries[i].Key] = i;
        }
        _index?.Add(key, _entries.Count);
        _entries.Add(new YamlEntry(key, at, value));
        return true;
    }
}
