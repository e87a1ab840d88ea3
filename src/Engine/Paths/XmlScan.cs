using System.Globalization;
using System.Text;
using Karst.Events;

namespace Karst.Engine.Paths;

/// <summary>What the scan of XML text finds.</summary>
enum XmlPart { Open, Attribute, Text, Close }

/// <summary>
/// Walks through XML text part by part. It takes what logs contain: several roots, prefixes, a text that breaks off. Declarations, comments and doctypes
/// are passed over; nothing outside of the text is ever read.
/// </summary>
ref struct XmlScan(Slice text)
{
    readonly ReadOnlySpan<byte> _bytes = text.Bytes;
    readonly Slice _text = text;
    int _at;
    bool _inTag;
    bool _closes;

    /// <summary>What was found.</summary>
    internal XmlPart Part { get; private set; }

    /// <summary>The name of the element or attribute.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value of the attribute or text, with entities resolved.</summary>
    internal Value Value { get; private set; }

    /// <summary>Where the part begins.</summary>
    internal int Start { get; private set; }

    /// <summary>Where the part ends.</summary>
    internal readonly int End => _at;

    /// <summary>The next part; false at the end, or where the text breaks off.</summary>
    internal bool Read()
    {
        while (true)
        {
            if (_inTag) return InTag();
            if (_at >= _bytes.Length) return false;
            Start = _at;
            if (_bytes[_at] != '<')
            {
                var end = _bytes[_at..].IndexOf((byte)'<');
                end = end < 0 ? _bytes.Length : _at + end;
                Part = XmlPart.Text;
                Value = Resolved(_at, end - _at);
                _at = end;
                return true;
            }
            var rest = _bytes[_at..];
            if (rest.StartsWith("<![CDATA["u8))
            {
                var end = rest.IndexOf("]]>"u8);
                if (end < 0) return false;
                Part = XmlPart.Text;
                Value = _text.Value(_at + 9, end - 9);
                _at += end + 3;
                return true;
            }
            if (rest.StartsWith("<!--"u8))
            {
                if (!Pass("-->"u8)) return false;
                continue;
            }
            if (rest.StartsWith("<?"u8))
            {
                if (!Pass("?>"u8)) return false;
                continue;
            }
            if (rest.StartsWith("<!"u8))
            {
                if (!Pass(">"u8)) return false;
                continue;
            }
            return Tag();
        }
    }

    bool Tag()
    {
        var closing = _at + 1 < _bytes.Length && _bytes[_at + 1] == '/';
        _at += closing ? 2 : 1;
        Name = TakeName();
        if (Name.IsEmpty) return false;
        if (!closing)
        {
            Part = XmlPart.Open;
            _inTag = true;
            return true;
        }
        var end = _bytes[_at..].IndexOf((byte)'>');
        if (end < 0) return false;
        _at += end + 1;
        Part = XmlPart.Close;
        return true;
    }

    // Within a tag: attributes up to its end. An element that closes itself gives a Close of its own.
    bool InTag()
    {
        if (_closes)
        {
            _closes = false;
            _inTag = false;
            Part = XmlPart.Close;
            Start = _at;
            Name = default;
            return true;
        }
        while (_at < _bytes.Length && _bytes[_at] <= ' ') _at++;
        if (_at >= _bytes.Length) return false;
        if (_bytes[_at] == '>')
        {
            _at++;
            _inTag = false;
            return Read();
        }
        if (_bytes[_at] == '/')
        {
            _at++;
            if (_at < _bytes.Length && _bytes[_at] == '>') _at++;
            _closes = true;
            return InTag();
        }
        Start = _at;
        Name = TakeName();
        while (_at < _bytes.Length && _bytes[_at] <= ' ') _at++;
        if (Name.IsEmpty || _at >= _bytes.Length || _bytes[_at] != '=') return false;
        _at++;
        while (_at < _bytes.Length && _bytes[_at] <= ' ') _at++;
        if (_at >= _bytes.Length || _bytes[_at] is not ((byte)'"' or (byte)'\'')) return false;
        var quote = _bytes[_at++];
        var length = _bytes[_at..].IndexOf(quote);
        if (length < 0) return false;
        Part = XmlPart.Attribute;
        Value = Resolved(_at, length);
        _at += length + 1;
        return true;
    }

    ReadOnlySpan<byte> TakeName()
    {
        var start = _at;
        while (_at < _bytes.Length && _bytes[_at] > ' ' && _bytes[_at] is not ((byte)'>' or (byte)'/' or (byte)'=' or (byte)'<' or (byte)'"' or (byte)'\'')) _at++;
        return _bytes[start.._at];
    }

    bool Pass(ReadOnlySpan<byte> end)
    {
        var found = _bytes[_at..].IndexOf(end);
        if (found < 0) return false;
        _at += found + end.Length;
        return true;
    }

    readonly Value Resolved(int start, int length)
    {
        var bytes = _bytes.Slice(start, length);
        if (!bytes.Contains((byte)'&')) return _text.Value(start, length);
        var source = Encoding.UTF8.GetString(bytes);
        var result = new StringBuilder(source.Length);
        for (var at = 0; at < source.Length; at++)
        {
            var end = source[at] == '&' ? source.IndexOf(';', at, Math.Min(12, source.Length - at)) : -1;
            if (end < 0 || !Entity(source.AsSpan(at + 1, end - at - 1), result)) result.Append(source[at]);
            else at = end;
        }
        return Value.FromText(result.ToString());
    }

    static bool Entity(ReadOnlySpan<char> name, StringBuilder result)
    {
        char? letter = name switch { "lt" => '<', "gt" => '>', "amp" => '&', "quot" => '"', "apos" => '\'', _ => null };
        if (letter is { } known)
        {
            result.Append(known);
            return true;
        }
        if (name.Length < 2 || name[0] != '#') return false;
        var hexadecimal = name[1] is 'x' or 'X';
        if (!int.TryParse(name[(hexadecimal ? 2 : 1)..], hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code)) return false;
        result.Append(new Rune(code).ToString());
        return true;
    }
}
