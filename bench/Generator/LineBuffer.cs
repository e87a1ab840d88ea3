using System.Text;

namespace Karst.Generator;

/// <summary>Bytes that are being written, with room made before each line and handed to a stream when full.</summary>
public sealed class LineBuffer
{
    const int Capacity = 1 << 20;
    readonly Stream output;
    byte[] bytes = new byte[Capacity];

    /// <summary>Writes to <paramref name="output"/>, which stays open.</summary>
    public LineBuffer(Stream output) => this.output = output;

    /// <summary>Bytes of finished and unfinished lines so far.</summary>
    public long Total => flushed + Position;

    internal int Position { get; private set; }

    long flushed;

    internal Span<byte> From(int start) => bytes.AsSpan(start, Position - start);

    internal void Put(byte value)
    {
        if (Position == bytes.Length)
            Array.Resize(ref bytes, bytes.Length * 2);
        bytes[Position++] = value;
    }

    internal void Put(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Position += text.Length;
    }

    internal void Put(string ascii)
    {
        Encoding.ASCII.GetBytes(ascii, Room(ascii.Length));
        Position += ascii.Length;
    }

    /// <summary>Space for <paramref name="length"/> bytes at the end; <see cref="Advance"/> takes it.</summary>
    internal Span<byte> Room(int length)
    {
        if (bytes.Length - Position < length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Position + length));
        return bytes.AsSpan(Position);
    }

    internal void Advance(int length) => Position += length;

    internal void Rewind(int position) => Position = position;

    /// <summary>Ends a line, and hands full buffers on.</summary>
    public void EndLine()
    {
        Put((byte)'\n');
        if (Position > Capacity - 65_536)
            Flush();
    }

    /// <summary>Hands everything on to the stream.</summary>
    public void Flush()
    {
        output.Write(bytes, 0, Position);
        flushed += Position;
        Position = 0;
    }
}
