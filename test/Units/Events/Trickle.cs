namespace Karst.Units.Events;

/// <summary>Gives at most so many bytes at once, as a pipe does.</summary>
sealed class Trickle(byte[] bytes, int size) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);
}
