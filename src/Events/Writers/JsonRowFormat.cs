using System.Buffers;

namespace Karst.Events;

/// <summary>A row as a JSON object, as Splunk's own JSON results have it: values are strings, several values an array of strings, an absent field no key.</summary>
sealed class JsonRowFormat(TimeZoneInfo zone)
{
    static readonly SearchValues<byte> s_escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static value => (byte)value), (byte)'"', (byte)'\\']);

    const int KeyBytes = 256;

    readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);

    /// <summary>Writes one row, without a line's end.</summary>
    public void Write(OutputBuffer output, Batch batch, int row)
    {
        var separator = (byte)'{';
        foreach (var column in batch.Columns)
        {
            var value = column.Values[row];
            if (value.IsNull) continue;
            output.Add(separator);
            output.Add(Key(column.Name));
            if (column.Name == "_time") value = TimeCell.Iso(value, zone);
            Write(output, value);
            separator = (byte)',';
        }
        if (separator == '{') output.Add(separator);
        output.Add((byte)'}');
    }

    static void Write(OutputBuffer output, Value value)
    {
        if (!value.IsMultivalue)
        {
            WriteText(output, value.AsUtf8());
            return;
        }
        for (var i = 0; i < value.Count; i++)
        {
            output.Add(i == 0 ? (byte)'[' : (byte)',');
            WriteText(output, value[i].AsUtf8());
        }
        output.Add((byte)']');
    }

    static void WriteText(OutputBuffer output, ReadOnlySpan<byte> text)
    {
        text = OutputBuffer.Valid(text);
        output.Add((byte)'"');
        while (true)
        {
            var run = text.IndexOfAny(s_escaped);
            if (run < 0) break;
            output.Add(text[..run]);
            Escape(output, text[run]);
            text = text[(run + 1)..];
        }
        output.Add(text);
        output.Add((byte)'"');
    }

    static void Escape(OutputBuffer output, byte value)
    {
        var letter = value switch
        {
            (byte)'"' => (byte)'"',
            (byte)'\\' => (byte)'\\',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)0,
        };
        output.Add((byte)'\\');
        if (letter != 0)
        {
            output.Add(letter);
            return;
        }
        output.Add("u00"u8);
        output.Add("0123456789abcdef"u8[value >> 4]);
        output.Add("0123456789abcdef"u8[value & 15]);
    }

    byte[] Key(string name)
    {
        if (_keys.TryGetValue(name, out var key)) return key;
        using var bytes = new MemoryStream();
        var buffer = new OutputBuffer(bytes, KeyBytes);
        WriteText(buffer, System.Text.Encoding.UTF8.GetBytes(name));
        buffer.Add((byte)':');
        buffer.Flush();
        return _keys[name] = bytes.ToArray();
    }
}
