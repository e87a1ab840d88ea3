using System.Net;
using System.Net.Sockets;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>How the values of a sort key are compared; as times, what is none counts as missing.</summary>
public enum SortKind { Auto, Text, Number, Ip, Time }

/// <summary>One key of `sort` and of `dedup … sortby`.</summary>
public sealed record SortKey(string Field, bool Descending, SortKind Kind)
{
    /// <summary>Takes keys up to the end: `-field`, `+ field`, `num(field)`, with commas or blanks between them.</summary>
    internal static List<SortKey> TakeAll(ArgumentReader reader)
    {
        var keys = new List<SortKey>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            if (keys.Count > 0 && IsLastWord(reader)) break;
            keys.Add(TakeOne(reader));
        }
        return keys;
    }

    // `d` and `desc` turn all keys round when they stand last.
    internal static bool IsLastWord(ArgumentReader reader) =>
        reader.Peek() is { Kind: TokenKind.Word, Text: var word } && reader.Peek(1).Kind == TokenKind.End
        && (word.ToLowerInvariant() is "d" or "desc" or "a" or "asc");

    static SortKey TakeOne(ArgumentReader reader)
    {
        var token = FieldArgument.Take(reader);
        var descending = false;
        var name = token.Value;
        if (token.Kind == TokenKind.Word && name.Length > 0 && (name[0] is '-' or '+'))
        {
            descending = name[0] == '-';
            name = name.Length > 1 ? name[1..] : FieldArgument.Take(reader).Value;
        }
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && name.EndsWith(')'))
        {
            SortKind? kind = name[..open].ToLowerInvariant() switch
            {
                "auto" => SortKind.Auto,
                "str" => SortKind.Text,
                "num" => SortKind.Number,
                "ip" => SortKind.Ip,
                // Anything else is a column such as `sum(bytes)`.
                _ => null,
            };
            if (kind is { } known) return new SortKey(name[(open + 1)..^1].Trim().Trim('"'), descending, known);
        }
        return new SortKey(name, descending, SortKind.Auto);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == SortKind.Time ? Descending ? "newest first" : "oldest first" : (Descending ? "-" : "") + (Kind == SortKind.Auto ? Field : $"{(Kind == SortKind.Text ? "str" : Kind == SortKind.Number ? "num" : "ip")}({Field})");
}

/// <summary>
/// A value made ready for comparing. Numbers come in the order of their size, addresses octet by octet, texts by their bytes. Splunk decides pair by pair whether
/// to compare as numbers, which is no order for mixed values; here a text that begins with a number goes by that number first.
/// </summary>
readonly struct SortValue
{
    readonly bool _missing;
    readonly byte _class;
    readonly double _lead;
    readonly UInt128 _address;
    readonly byte[] _text;

    SortValue(bool missing, byte kind, double lead, UInt128 address, byte[] text)
    {
        _missing = missing;
        _class = kind;
        _lead = lead;
        _address = address;
        _text = text;
    }

    internal static SortValue Of(Value value, SortKind kind)
    {
        if (value.IsNull) return new SortValue(true, 0, 0, 0, []);
        if (kind == SortKind.Time) return value.TryNumber(out var time) ? new SortValue(false, 1, time, 0, []) : new SortValue(true, 0, 0, 0, []);
        if (value.IsMultivalue) value = value[0];
        if (kind == SortKind.Text) return new SortValue(false, 0, 0, 0, value.AsUtf8().ToArray());
        if (kind != SortKind.Ip && value.TryNumber(out var number)) return new SortValue(false, 1, number, 0, []);
        var text = value.AsUtf8();
        if (kind != SortKind.Number && TryAddress(text, out var address, out var first)) return new SortValue(false, 1, first, address + 1, []);
        if (kind != SortKind.Auto) return new SortValue(false, 3, 0, 0, text.ToArray());
        var digits = Digits(text);
        if (digits > 0 && NumberText.TryParse(text[..digits], out var lead)) return new SortValue(false, 1, lead, 0, text.ToArray());
        return new SortValue(false, (byte)(text.Length > 0 && text[0] >= '0' ? 2 : 0), 0, 0, text.ToArray());
    }

    // Splunk: a missing value is the smallest when descending and the largest when ascending, so it is always last.
    internal static int Compare(in SortValue left, in SortValue right, bool descending)
    {
        if (left._missing || right._missing) return left._missing.CompareTo(right._missing);
        var order = left._class.CompareTo(right._class);
        if (order == 0) order = left._lead.CompareTo(right._lead);
        if (order == 0) order = left._address.CompareTo(right._address);
        if (order == 0) order = left._text.AsSpan().SequenceCompareTo(right._text);
        return descending ? -order : order;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
        if (at > 0 && at + 1 < text.Length && text[at] == '.' && text[at + 1] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
            while (at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9') at++;
        }
        return at;
    }

    static bool TryAddress(ReadOnlySpan<byte> text, out UInt128 address, out double first)
    {
        address = 0;
        first = 0;
        if (text.Length is < 3 or > 45 || (text.Count((byte)'.') != 3 && !text.Contains((byte)':'))) return false;
        if (!IPAddress.TryParse(System.Text.Encoding.UTF8.GetString(text), out var parsed)) return false;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out var length);
        for (var i = 0; i < length; i++) address = (address << 8) | bytes[i];
        first = parsed.AddressFamily == AddressFamily.InterNetwork ? bytes[0] : 1e9;
        return true;
    }
}

/// <summary>Puts kept rows in order.</summary>
static class RowSorter
{
    /// <summary>The rows' indices in order; equal rows keep the order in which they came.</summary>
    internal static int[] Order(RowStore rows, IReadOnlyList<SortKey> keys)
    {
        var values = new SortValue[keys.Count][];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = new SortValue[rows.Count];
            for (var row = 0; row < rows.Count; row++) values[k][row] = SortValue.Of(rows.Get(keys[k].Field, row), keys[k].Kind);
        }
        var order = new int[rows.Count];
        for (var row = 0; row < order.Length; row++) order[row] = row;
        Array.Sort(order, (left, right) =>
        {
            for (var k = 0; k < values.Length; k++)
                if (SortValue.Compare(values[k][left], values[k][right], keys[k].Descending) is var compared and not 0) return compared;
            return left.CompareTo(right);
        });
        return order;
    }
}
