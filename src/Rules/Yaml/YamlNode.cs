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

/// <summary>A mapping with text keys, in order.</summary>
sealed record YamlMap(FilePlace At) : YamlNode(At)
{
    public override string Kind => "a mapping";

    public List<string> Keys { get; } = [];

    public Dictionary<string, (FilePlace KeyAt, YamlNode Value)> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>The value of a key, or null when it is absent or null.</summary>
    public YamlNode? Get(string key) =>
        Entries.TryGetValue(key, out var entry) && entry.Value is not YamlScalar { IsNull: true } ? entry.Value : null;
}
