using System.Text;
using Karst.Events;

namespace Karst.Engine.Knowledge.Automatic;

/// <summary>
/// Finds `key=value` and `key="value"` in raw text, as KV_MODE=auto does. Names may have letters, digits, `_`, `.` and `:`; other characters become
/// underscores, and leading digits and underscores go. An unquoted value ends at a blank, `,`, `;`, `|` or `&amp;`.
/// </summary>
ref struct KeyValueText(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> _text = text;
    int _at;

    /// <summary>The bytes of the key as it stands in the text.</summary>
    internal ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Where the value begins.</summary>
    internal int ValueStart { get; private set; }

    /// <summary>How many bytes the value has, without its quotes.</summary>
    internal int ValueLength { get; private set; }

    /// <summary>The value has backslashes before quotes, which <see cref="Unescape"/> takes away.</summary>
    internal bool IsEscaped { get; private set; }

    /// <summary>Finds the next pair; false at the end of the text.</summary>
    internal bool Next()
    {
        while (_at < _text.Length)
        {
            var equals = _text[_at..].IndexOf((byte)'=');
            if (equals < 0) break;
            equals += _at;
            var start = equals;
            while (start > _at && IsKey(_text[start - 1])) start--;
            Key = _text[start..equals];
            _at = equals + 1;
            if (Key.IsEmpty) continue;
            if (_at < _text.Length && _text[_at] == '"') TakeQuoted();
            else TakePlain();
            if (ValueLength > 0) return true;
        }
        _at = _text.Length;
        return false;
    }

    /// <summary>A key as a field name; empty when nothing is left of it.</summary>
    internal static string CleanName(ReadOnlySpan<byte> key)
    {
        var name = new StringBuilder(key.Length);
        foreach (var character in Encoding.UTF8.GetString(key))
            name.Append(char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or ':' ? character : '_');
        return name.ToString().TrimStart('_', '.', ':', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
    }

    /// <summary>A quoted value without the backslashes before quotes and backslashes.</summary>
    internal static Value Unescape(ReadOnlySpan<byte> value)
    {
        var plain = new byte[value.Length];
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && i + 1 < value.Length && value[i + 1] is (byte)'"' or (byte)'\\') i++;
            plain[length++] = value[i];
        }
        return Value.FromUtf8(plain, 0, length);
    }

    void TakePlain()
    {
        ValueStart = _at;
        IsEscaped = false;
        while (_at < _text.Length && !IsEnd(_text[_at])) _at++;
        ValueLength = _at - ValueStart;
    }

    void TakeQuoted()
    {
        ValueStart = ++_at;
        IsEscaped = false;
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                IsEscaped |= _text[_at + 1] is (byte)'"' or (byte)'\\';
                _at++;
            }
            _at++;
        }
        _at = Math.Min(_at, _text.Length);
        ValueLength = _at - ValueStart;
        if (_at < _text.Length) _at++;
    }

    static bool IsKey(byte value) =>
        value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'_' or (byte)'.' or (byte)':' or (byte)'-' or (byte)'{' or (byte)'}' or >= 0x80;

    static bool IsEnd(byte value) => value is <= (byte)' ' or (byte)',' or (byte)';' or (byte)'|' or (byte)'&' or (byte)'"';
}
