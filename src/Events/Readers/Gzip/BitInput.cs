using System.Buffers;
using System.Buffers.Binary;

namespace Karst.Events;

/// <summary>A stream read bit by bit, the lowest of each byte first. That it ends where more is asked for is an <see cref="InvalidDataException"/>.</summary>
sealed class BitInput(Stream stream) : IDisposable
{
    /// <summary>So many bytes are there while the stream has them, so that a look at eight needs no check.</summary>
    public const int Ahead = 16;

    const int Room = 256 << 10;

    bool _ended;

    /// <summary>Bytes of the stream; those from <see cref="At"/> to <see cref="End"/> are not taken yet.</summary>
    public byte[] Bytes { get; private set; } = ArrayPool<byte>.Shared.Rent(Room);

    public int At { get; set; }

    public int End { get; private set; }

    /// <summary>Bits taken from the bytes and not used yet, the next one lowest; above <see cref="Count"/> there are zeros.</summary>
    public ulong Bits { get; set; }

    public int Count { get; set; }

    /// <summary>The next bytes have to be waited for.</summary>
    public bool IsStarved => End - At < Ahead && !_ended;

    /// <summary>Reads on when few bytes are left.</summary>
    public void Supply()
    {
        while (IsStarved)
        {
            Bytes.AsSpan(At, End - At).CopyTo(Bytes);
            End -= At;
            At = 0;
            var read = stream.Read(Bytes, End, Room - End);
            End += read;
            _ended = read == 0;
        }
    }

    /// <summary>Sees that so many bits are there, at most 56, or what the stream has.</summary>
    public void Fill(int least)
    {
        if (Count >= least) return;
        Supply();
        if (End - At >= sizeof(ulong))
        {
            var count = Count | 56;
            Bits = (Bits | BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(At)) << Count) & ((1UL << count) - 1);
            At += (count - Count) >> 3;
            Count = count;
            return;
        }
        while (Count < 56 && At < End)
        {
            Bits |= (ulong)Bytes[At++] << Count;
            Count += 8;
        }
    }

    /// <summary>The next bits as a number, at most 32.</summary>
    public uint Take(int count)
    {
        Fill(count);
        var value = (uint)(Bits & ((1UL << count) - 1));
        Drop(count);
        return value;
    }

    public byte TakeByte() => (byte)Take(8);

    /// <summary>The next byte, which stays, or -1 at the end; only between bytes.</summary>
    public int Peek()
    {
        Fill(8);
        return Count < 8 ? -1 : (byte)Bits;
    }

    /// <summary>Passes over bits that were looked at.</summary>
    public void Drop(int count)
    {
        if (count > Count) throw GzipDamage.EndsEarly();
        Bits >>= count;
        Count -= count;
    }

    /// <summary>Passes over the rest of a byte that was begun.</summary>
    public void DropToByte() => Drop(Count & 7);

    /// <summary>Moves whole bytes to the target, as many as are there; only between bytes.</summary>
    public int TakeBytes(Span<byte> target)
    {
        var taken = 0;
        for (; Count > 0 && taken < target.Length; taken++) target[taken] = TakeByte();
        var rest = target[taken..];
        if (rest.IsEmpty) return taken;
        Supply();
        var length = Math.Min(rest.Length, End - At);
        Bytes.AsSpan(At, length).CopyTo(rest);
        At += length;
        taken += length;
        return taken > 0 ? taken : throw GzipDamage.EndsEarly();
    }

    public void Dispose()
    {
        if (Bytes.Length > 0) ArrayPool<byte>.Shared.Return(Bytes);
        Bytes = [];
        At = End = 0;
        stream.Dispose();
    }
}
