using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Some values of a row together, equal when each is: what rows are grouped and joined by.</summary>
sealed class RowKey(Value[] values) : IEquatable<RowKey>
{
    /// <summary>The values.</summary>
    internal Value[] Values { get; } = values;

    /// <summary>About how many bytes are held.</summary>
    internal long Bytes => 64 + Values.Sum(value => 40L + value.Utf8.Length);

    /// <summary>A copy that may be kept.</summary>
    internal RowKey Detach() => new(Array.ConvertAll(Values, value => value.Detach()));

    /// <inheritdoc/>
    public bool Equals(RowKey? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RowKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Values) hash.Add(value.GetHashCode());
        return hash.ToHashCode();
    }
}
