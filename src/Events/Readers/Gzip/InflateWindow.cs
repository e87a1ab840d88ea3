namespace Karst.Events;

/// <summary>The last 32 kB that a deflate stream gave in earlier reads, which its matches may go back to.</summary>
sealed class InflateWindow
{
    const int Size = 32 << 10;

    readonly byte[] _bytes = new byte[Size];
    int _next;

    /// <summary>How far one can go back.</summary>
    public int Count { get; private set; }

    /// <summary>The byte so far back; 1 is the last one.</summary>
    public byte Back(int distance) => _bytes[(_next - distance) & (Size - 1)];

    public void Clear() => Count = 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size) bytes = bytes[^Size..];
        var first = Math.Min(bytes.Length, Size - _next);
        bytes[..first].CopyTo(_bytes.AsSpan(_next));
        bytes[first..].CopyTo(_bytes);
        _next = (_next + bytes.Length) & (Size - 1);
        Count = Math.Min(Size, Count + bytes.Length);
    }
}
