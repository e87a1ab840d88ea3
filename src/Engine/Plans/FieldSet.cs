namespace Karst.Engine.Plans;

/// <summary>A set of field names, with wildcards (`a*`), or all fields. Immutable.</summary>
public sealed class FieldSet
{
    readonly HashSet<string> _names;
    readonly string[] _patterns;

    FieldSet(bool all, HashSet<string> names, string[] patterns)
    {
        IsAll = all;
        _names = names;
        _patterns = patterns;
    }

    /// <summary>No field.</summary>
    public static FieldSet None { get; } = new(false, [], []);

    /// <summary>Every field that there is.</summary>
    public static FieldSet All { get; } = new(true, [], []);

    /// <summary>The named fields; a name with `*` is a pattern.</summary>
    public static FieldSet Of(params IEnumerable<string> names) => None.With(names);

    /// <summary>Every field is in it.</summary>
    public bool IsAll { get; }

    /// <summary>The names without wildcards, sorted; empty for <see cref="All"/>.</summary>
    public IEnumerable<string> Names => _names.Order(StringComparer.Ordinal);

    /// <summary>The names with wildcards.</summary>
    public IReadOnlyList<string> Patterns => _patterns;

    /// <summary>The set has patterns or is <see cref="All"/>: its members cannot be listed.</summary>
    public bool IsOpen => IsAll || _patterns.Length > 0;

    /// <summary>The field belongs to the set.</summary>
    public bool Contains(string name) => IsAll || _names.Contains(name) || Array.Exists(_patterns, pattern => Wildcard.Matches(pattern, name));

    /// <summary>This set and the names.</summary>
    public FieldSet With(params IEnumerable<string> names)
    {
        if (IsAll) return this;
        var plain = new HashSet<string>(_names, StringComparer.Ordinal);
        var patterns = new List<string>(_patterns);
        foreach (var name in names)
        {
            if (!name.Contains('*', StringComparison.Ordinal)) plain.Add(name);
            else if (!patterns.Contains(name)) patterns.Add(name);
        }
        return new FieldSet(false, plain, [.. patterns]);
    }

    /// <summary>Both sets together.</summary>
    public FieldSet Union(FieldSet other) =>
        IsAll || other.IsAll ? All : With(other._names).With(other._patterns);

    /// <summary>Many sets together.</summary>
    public static FieldSet UnionOf(IEnumerable<FieldSet> sets)
    {
        var plain = new HashSet<string>(StringComparer.Ordinal);
        var patterns = new List<string>();
        foreach (var set in sets)
        {
            if (set.IsAll) return All;
            plain.UnionWith(set._names);
            foreach (var pattern in set._patterns)
                if (!patterns.Contains(pattern)) patterns.Add(pattern);
        }
        return new FieldSet(false, plain, [.. patterns]);
    }

    /// <summary>This set without the names; <see cref="All"/> and patterns stay as they are (they may only be too large).</summary>
    public FieldSet Without(params IEnumerable<string> names)
    {
        if (IsAll) return this;
        var plain = new HashSet<string>(_names, StringComparer.Ordinal);
        foreach (var name in names) plain.Remove(name);
        return new FieldSet(false, plain, _patterns);
    }

    /// <summary>A field may be in both.</summary>
    public bool Overlaps(FieldSet other)
    {
        if (IsAll) return other.IsAll || other._names.Count > 0 || other._patterns.Length > 0;
        if (other.IsAll) return _names.Count > 0 || _patterns.Length > 0;
        return (_patterns.Length > 0 && other._patterns.Length > 0) || _names.Any(other.Contains) || other._names.Any(Contains);
    }

    /// <inheritdoc/>
    public override string ToString() => IsAll ? "*" : string.Join(' ', Names.Concat(_patterns));
}
