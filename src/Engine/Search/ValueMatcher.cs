using System.Text;
using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Search;

/// <summary>
/// How the value of `field=value` is matched in search: without case, `*` stands for any run of characters, a CIDR block matches
/// the addresses in it, and numbers are compared as numbers when both sides are ones (spl-semantics 3-6).
/// Case is folded for ASCII letters; a pattern with other letters is compared by invariant folding.
/// </summary>
public sealed class ValueMatcher
{
    enum Shape { Any, Exact, Prefix, Suffix, Contains, Pattern }

    readonly Shape _shape;
    readonly byte[] _folded;
    readonly byte[][] _parts;
    readonly string? _wide;
    readonly bool _caseSensitive;
    readonly bool _isNumber;
    readonly bool _isPlainWhole;
    readonly double _number;
    readonly CidrBlock? _network;

    /// <summary>A matcher for a value as it means (unescaped).</summary>
    public ValueMatcher(string text, bool caseSensitive = false)
    {
        Text = text;
        _caseSensitive = caseSensitive;
        var pattern = Encoding.UTF8.GetBytes(text);
        if (!caseSensitive) Ascii.ToLowerInPlace(pattern, out _);
        if (!caseSensitive && !Ascii.IsValid(text)) _wide = text.ToUpperInvariant();
        _folded = pattern;
        _parts = [];
        var stars = pattern.AsSpan().Count((byte)'*');
        if (stars == 0) _shape = Shape.Exact;
        else if (stars == pattern.Length) _shape = Shape.Any;
        else
        {
            _parts = Split(pattern);
            var head = pattern[0] != '*';
            var tail = pattern[^1] != '*';
            _shape = (_parts.Length, head, tail) switch
            {
                (1, true, false) => Shape.Prefix,
                (1, false, true) => Shape.Suffix,
                (1, false, false) => Shape.Contains,
                _ => Shape.Pattern,
            };
        }
        _isNumber = _shape == Shape.Exact && NumberText.TryParse(pattern, out _number);
        _isPlainWhole = _isNumber && NumberText.IsPlainWhole(pattern);
        if (_shape == Shape.Exact && text.Contains('/', StringComparison.Ordinal) && CidrBlock.TryParse(text, out var network)) _network = network;
    }

    /// <summary>The value as it was given.</summary>
    public string Text { get; }

    /// <summary>`*` alone: any value.</summary>
    public bool IsAny => _shape == Shape.Any;

    /// <summary>No wildcard, no CIDR block.</summary>
    public bool IsExact => _shape == Shape.Exact && _network is null;

    /// <summary>The value is a number, so that 5 also matches 5.0.</summary>
    public bool IsNumber => _isNumber;

    /// <summary>
    /// The longest run of ASCII bytes, in lower case, that every matching text holds, apart from case; empty when none is certain
    /// (numbers, CIDR blocks, other letters). What a prefilter over raw bytes may look for.
    /// </summary>
    public ReadOnlySpan<byte> RequiredLiteral
    {
        get
        {
            if (_isNumber || _network is not null || _wide is not null || _shape == Shape.Any) return default;
            if (_shape == Shape.Exact) return Ascii.IsValid(_folded) ? Folded(_folded) : default;
            byte[] longest = [];
            foreach (var part in _parts)
                if (part.Length > longest.Length && Ascii.IsValid(part)) longest = part;
            // With CASE() the value is as it was written.
            return Folded(longest);
        }
    }

    /// <summary>What every matching value has in common, in a form that a table can be asked for.</summary>
    internal ValueTrait Trait
    {
        get
        {
            if (_wide is not null || _network is not null || _shape == Shape.Any) return new ValueTrait(TraitKind.Present, []) { IsExact = _shape == Shape.Any };
            if (_shape == Shape.Exact) return new ValueTrait(TraitKind.Whole, Folded(_folded)) { Number = _isNumber ? _number : null, IsExact = !_caseSensitive };
            if (_shape == Shape.Prefix) return new ValueTrait(TraitKind.Start, Folded(_parts[0])) { IsExact = !_caseSensitive };
            if (_shape == Shape.Suffix) return new ValueTrait(TraitKind.End, Folded(_parts[0])) { IsExact = !_caseSensitive };
            return new ValueTrait(TraitKind.Part, Folded(_parts.MaxBy(part => part.Length)!)) { IsExact = _shape == Shape.Contains && !_caseSensitive };
        }
    }

    /// <summary>The value and how it is compared; equal for matchers that match the same.</summary>
    public override string ToString() => _caseSensitive ? $"CASE(\"{Quoting.Escape(Text)}\")" : $"\"{Quoting.Escape(Text)}\"";

    /// <summary>One of the values matches.</summary>
    public bool MatchesAny(Value value)
    {
        if (!value.IsMultivalue) return !value.IsNull && Matches(value);
        for (var i = 0; i < value.Count; i++)
            if (Matches(value[i])) return true;
        return false;
    }

    /// <summary>A single value matches.</summary>
    public bool Matches(Value value)
    {
        if (_shape == Shape.Any) return true;
        if (value.IsNumber) return _isNumber ? value.Number.Equals(_number) : MatchesText(value.AsUtf8());
        var text = value.Utf8;
        if (MatchesText(text)) return true;
        if (_isPlainWhole && NumberText.IsPlainWhole(text)) return false;
        if (_isNumber) return NumberText.TryParse(text, out var number) && number.Equals(_number);
        return _network is { } network && network.Contains(text);
    }

    /// <summary>The text matches the value or pattern; numbers and CIDR blocks are not looked at.</summary>
    public bool MatchesText(ReadOnlySpan<byte> text)
    {
        if (_wide is not null) return MatchesWide(text);
        switch (_shape)
        {
            case Shape.Any:
                return true;
            case Shape.Exact:
                return text.Length == _folded.Length && Same(text, _folded);
            case Shape.Prefix:
                return text.Length >= _parts[0].Length && Same(text[.._parts[0].Length], _parts[0]);
            case Shape.Suffix:
                return text.Length >= _parts[0].Length && Same(text[^_parts[0].Length..], _parts[0]);
            case Shape.Contains:
                return Find(text, _parts[0]) >= 0;
            default:
                return MatchesPattern(text);
        }
    }

    bool MatchesPattern(ReadOnlySpan<byte> text)
    {
        var first = 0;
        var last = _parts.Length;
        if (_folded[0] != '*')
        {
            if (text.Length < _parts[0].Length || !Same(text[.._parts[0].Length], _parts[0])) return false;
            text = text[_parts[0].Length..];
            first = 1;
        }
        if (_folded[^1] != '*')
        {
            var tail = _parts[^1];
            if (last == first || text.Length < tail.Length || !Same(text[^tail.Length..], tail)) return false;
            text = text[..^tail.Length];
            last--;
        }
        for (var i = first; i < last; i++)
        {
            var at = Find(text, _parts[i]);
            if (at < 0) return false;
            text = text[(at + _parts[i].Length)..];
        }
        return true;
    }

    bool MatchesWide(ReadOnlySpan<byte> text) =>
        Plans.Wildcard.Matches(_wide, Encoding.UTF8.GetString(text).ToUpperInvariant());

    // Ascii.EqualsIgnoreCase is false for any byte over 0x7F, even equal ones.
    bool Same(ReadOnlySpan<byte> text, ReadOnlySpan<byte> folded) =>
        _caseSensitive ? text.SequenceEqual(folded) : Ascii.EqualsIgnoreCase(text, folded) || ByteSearch.EqualsFolded(text, folded);

    int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) =>
        _caseSensitive ? text.IndexOf(part) : ByteSearch.IndexOfFolded(text, part);

    static byte[] Folded(byte[] text)
    {
        var folded = new byte[text.Length];
        ByteSearch.Fold(text, folded);
        return folded;
    }

    static byte[][] Split(byte[] pattern)
    {
        var parts = new List<byte[]>();
        foreach (var range in pattern.AsSpan().Split((byte)'*'))
        {
            var part = pattern[range];
            if (part.Length > 0) parts.Add(part);
        }
        return [.. parts];
    }
}

/// <summary>How a trait's bytes lie in a value.</summary>
enum TraitKind { Present, Whole, Start, End, Part }

/// <summary>Bytes (in lower case) that a value has, apart from the case of ASCII letters; a whole value may also be a number that is equal. Present says only that there is a value.</summary>
readonly record struct ValueTrait(TraitKind Kind, byte[] Text)
{
    internal double? Number { get; init; }

    /// <summary>Just the values that match have the trait.</summary>
    internal bool IsExact { get; init; }
}
