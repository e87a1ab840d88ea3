using System.Text;
using Karst.Spl;

namespace Karst.Engine.Search;

/// <summary>
/// A word or phrase looked for in `_raw`: it must stand between breakers, as Splunk cuts raw text into terms (major breakers such as blanks,
/// quotes, brackets, commas; minor ones such as `. : / = - _`). `*` stands for a run without major breakers; that last point is general knowledge, not documented.
/// </summary>
public sealed class TextTerm
{
    static readonly bool[] s_major = Table(" \t\r\n[]<>(){}|!;,'\"*&?+");
    static readonly bool[] s_minor = Table("/:=@.-$#%\\_");

    readonly byte[][] _parts;
    readonly Anchors[] _anchors;
    readonly bool _openStart;
    readonly bool _openEnd;
    readonly bool _caseSensitive;
    readonly bool _majorOnly;
    readonly string? _wide;

    /// <summary>A term as it means (unescaped).</summary>
    public TextTerm(string text, TermKind kind)
    {
        Text = text;
        _caseSensitive = kind == TermKind.Case;
        _majorOnly = kind == TermKind.Term;
        IsAny = text.Trim('*').Length == 0;
        if (!_caseSensitive && !Ascii.IsValid(text)) _wide = text;
        _openStart = text.StartsWith('*');
        _openEnd = text.EndsWith('*');
        _parts = [.. text.Split('*', StringSplitOptions.RemoveEmptyEntries).Select(part => Encoding.UTF8.GetBytes(_caseSensitive ? part : LowerAscii(part)))];
        _anchors = [.. _parts.Select(part => Anchors.Choose(part))];
    }

    /// <summary>The term as it was given.</summary>
    public string Text { get; }

    /// <summary>The term and how it is compared; equal for terms that match the same.</summary>
    public override string ToString()
    {
        var quoted = $"\"{Quoting.Escape(Text)}\"";
        return _caseSensitive ? $"CASE({quoted})" : _majorOnly ? $"TERM({quoted})" : quoted;
    }

    /// <summary>`*` alone: every event.</summary>
    public bool IsAny { get; }

    /// <summary>The longest ASCII run in lower case that every matching text holds, apart from case; empty when none is certain.</summary>
    public ReadOnlySpan<byte> RequiredLiteral
    {
        get
        {
            ReadOnlySpan<byte> longest = default;
            if (_wide is not null) return longest;
            foreach (var part in _parts)
                if (part.Length > longest.Length && Ascii.IsValid(part)) longest = part;
            return _caseSensitive ? Encoding.UTF8.GetBytes(LowerAscii(Encoding.UTF8.GetString(longest))) : longest;
        }
    }

    /// <summary>The raw text holds the term.</summary>
    public bool Matches(ReadOnlySpan<byte> raw)
    {
        if (IsAny) return true;
        if (_wide is not null) return MatchesWide(raw);
        var from = 0;
        while (true)
        {
            var at = Find(raw, from, 0);
            if (at < 0) return false;
            if ((_openStart || IsBreak(raw, at - 1, _parts[0], true)) && MatchesRest(raw, at + _parts[0].Length)) return true;
            from = at + 1;
        }
    }

    bool MatchesRest(ReadOnlySpan<byte> raw, int end)
    {
        for (var i = 1; i < _parts.Length; i++)
        {
            var at = Find(raw, end, i);
            if (at < 0) return false;
            foreach (var between in raw[end..at])
                if (s_major[between]) return false;
            end = at + _parts[i].Length;
        }
        return _openEnd || IsBreak(raw, end, _parts[^1], false);
    }

    // A part that itself begins or ends with a breaker needs none beside it.
    bool IsBreak(ReadOnlySpan<byte> raw, int at, byte[] part, bool before)
    {
        if ((uint)at >= (uint)raw.Length) return true;
        var edge = before ? part[0] : part[^1];
        if (s_major[edge] || (!_majorOnly && s_minor[edge])) return true;
        return s_major[raw[at]] || (!_majorOnly && s_minor[raw[at]]);
    }

    int Find(ReadOnlySpan<byte> raw, int from, int part)
    {
        if (from > raw.Length) return -1;
        var at = _caseSensitive ? raw[from..].IndexOf(_parts[part]) : ByteSearch.IndexOfFolded(raw[from..], _parts[part], _anchors[part]);
        return at < 0 ? -1 : at + from;
    }

    bool MatchesWide(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw).ToUpperInvariant();
        var wanted = _wide!.ToUpperInvariant().Trim('*');
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
            if ((_openStart || at == 0 || IsBreaker(text[at - 1])) && (_openEnd || at + wanted.Length == text.Length || IsBreaker(text[at + wanted.Length]))) return true;
        return false;
    }

    bool IsBreaker(char character) => character < 128 && (s_major[character] || (!_majorOnly && s_minor[character]));

    static string LowerAscii(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
    });

    static bool[] Table(string breakers)
    {
        var table = new bool[256];
        foreach (var breaker in breakers) table[breaker] = true;
        return table;
    }
}
