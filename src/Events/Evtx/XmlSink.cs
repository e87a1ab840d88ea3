using System.Text;
using System.Text.Unicode;

namespace Karst.Events;

/// <summary>A growing buffer of UTF-8 that XML is written to; what an element or attribute holds is escaped as Windows escapes it.</summary>
sealed class XmlSink(int capacity = 64 << 10)
{
    /// <summary>The longest event; damaged records can say anything of lengths.</summary>
    const int Most = 32 << 20;

    byte[] _buffer = new byte[capacity];

    /// <summary>The bytes.</summary>
    internal byte[] Buffer => _buffer;

    /// <summary>How many of them were written.</summary>
    internal int Length { get; set; }

    /// <summary>Where the event at hand begins.</summary>
    internal int EventStart { get; set; }

    /// <summary>Gives the buffer away and begins a new one.</summary>
    internal byte[] Release()
    {
        var released = _buffer;
        _buffer = new byte[Math.Min(released.Length, 4 << 20)];
        Length = EventStart = 0;
        return released;
    }

    /// <summary>Begins anew in a buffer that is free again.</summary>
    internal void Reuse(byte[] buffer)
    {
        _buffer = buffer;
        Length = EventStart = 0;
    }

    /// <summary>Writes bytes that are XML already.</summary>
    internal void Write(ReadOnlySpan<byte> xml)
    {
        xml.CopyTo(Room(xml.Length));
        Length += xml.Length;
    }

    /// <summary>Writes digits and the like.</summary>
    internal void WriteAscii(ReadOnlySpan<char> text)
    {
        var room = Room(text.Length);
        for (var i = 0; i < text.Length; i++) room[i] = (byte)text[i];
        Length += text.Length;
    }

    /// <summary>Writes UTF-16, escaped; ends at a NUL, behind which Windows writes nothing either.</summary>
    internal void WriteUtf16(ReadOnlySpan<byte> utf16, bool isAttribute)
    {
        var text = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, char>(utf16[..(utf16.Length & ~1)]);
        var end = text.IndexOf('\0');
        WriteText(end < 0 ? text : text[..end], isAttribute);
    }

    /// <summary>Writes text, escaped. Half a surrogate pair becomes U+FFFD.</summary>
    internal void WriteText(ReadOnlySpan<char> text, bool isAttribute)
    {
        while (!text.IsEmpty)
        {
            var special = text.IndexOfAny("&<>'");
            var plain = special < 0 ? text : text[..special];
            var room = Room((plain.Length * 3) + 6);
            Utf8.FromUtf16(plain, room, out _, out var written, replaceInvalidSequences: true);
            Length += written;
            if (special < 0) return;
            Write(text[special] switch { '&' => "&amp;"u8, '<' => "&lt;"u8, '>' => "&gt;"u8, _ => isAttribute ? "&apos;"u8 : "'"u8 });
            text = text[(special + 1)..];
        }
    }

    Span<byte> Room(int bytes)
    {
        if (Length - EventStart + bytes > Most) throw new EvtxDamage($"the event would have more than {Most} bytes");
        if (Length + bytes > _buffer.Length) Array.Resize(ref _buffer, Math.Max(Length + bytes, _buffer.Length * 2));
        return _buffer.AsSpan(Length);
    }
}
