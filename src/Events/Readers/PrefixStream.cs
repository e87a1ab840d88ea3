using System.Runtime.ExceptionServices;

namespace Karst.Events;

/// <summary>Gives bytes that were read ahead once more, then the rest of the stream beneath; a failure while reading ahead comes after those bytes.</summary>
sealed class PrefixStream : ReadOnlyStream
{
    readonly Stream _inner;
    readonly byte[] _prefix;
    readonly int _length;
    readonly ExceptionDispatchInfo? _failure;
    int _position;

    PrefixStream(Stream inner, byte[] prefix, int length, bool isAll, ExceptionDispatchInfo? failure)
    {
        _inner = inner;
        _prefix = prefix;
        _length = length;
        _failure = failure;
        IsAll = isAll;
    }

    /// <summary>The bytes read ahead and not yet given.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix.AsSpan(_position, _length - _position);

    /// <summary>Nothing follows the prefix.</summary>
    public bool IsAll { get; }

    /// <summary>Reads ahead at most <paramref name="count"/> bytes.</summary>
    public static PrefixStream Take(Stream stream, int count)
    {
        var prefix = new byte[count];
        var length = 0;
        try
        {
            while (length < count)
            {
                var read = stream.Read(prefix, length, count - length);
                if (read == 0) return new PrefixStream(stream, prefix, length, true, null);
                length += read;
            }
            return new PrefixStream(stream, prefix, length, false, null);
        }
        catch (Exception failure)
        {
            return new PrefixStream(stream, prefix, length, true, ExceptionDispatchInfo.Capture(failure));
        }
    }

    /// <summary>Leaves out the first bytes.</summary>
    public void Skip(int count) => _position += count;

    public override int Read(Span<byte> buffer)
    {
        if (_position < _length)
        {
            var count = Math.Min(buffer.Length, _length - _position);
            _prefix.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
        _failure?.Throw();
        return IsAll ? 0 : _inner.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }
}
