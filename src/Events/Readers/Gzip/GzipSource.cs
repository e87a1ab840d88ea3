using System.IO.Hashing;

namespace Karst.Events;

/// <summary>
/// Gzip (RFC 1952) with one or many members, each checked by its length and CRC. Zeros behind the last member are padding; other bytes, and an early end, are
/// an <see cref="InvalidDataException"/> after all that came before was given. A read may write to the buffer beyond what it says it gave.
/// </summary>
sealed class GzipSource : ReadOnlyStream
{
    const byte FirstMagic = 0x1F;
    const byte SecondMagic = 0x8B;
    const byte Deflate = 8;

    readonly BitInput _input;
    readonly Inflater _inflater;
    readonly Crc32 _checksum = new();
    uint _length;
    State _state;

    public GzipSource(Stream file)
    {
        _input = new BitInput(file);
        _inflater = new Inflater(_input);
    }

    enum State
    {
        Between,
        InMember,
        Ended,
    }

    [Flags]
    enum Parts
    {
        HeaderChecksum = 2,
        Extra = 4,
        Name = 8,
        Comment = 16,
        Reserved = 0xE0,
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (_state != State.Ended)
        {
            if (_state == State.Between) BeginMember();
            var read = _inflater.Read(buffer);
            if (read > 0)
            {
                _checksum.Append(buffer[..read]);
                _length += (uint)read;
                return read;
            }
            EndMember();
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _input.Dispose();
        base.Dispose(disposing);
    }

    void BeginMember()
    {
        if (_input.TakeByte() != FirstMagic || _input.TakeByte() != SecondMagic || _input.TakeByte() != Deflate) throw GzipDamage.Because("no header");
        var parts = (Parts)_input.TakeByte();
        if ((parts & Parts.Reserved) != 0) throw GzipDamage.Because("a header with flags that nobody defined");
        // Time of change, compression, operating system.
        Skip(6);
        if ((parts & Parts.Extra) != 0) Skip(_input.Take(16));
        if ((parts & Parts.Name) != 0) SkipText();
        if ((parts & Parts.Comment) != 0) SkipText();
        if ((parts & Parts.HeaderChecksum) != 0) Skip(2);
        _inflater.Start();
        _state = State.InMember;
    }

    /// <summary>The member's data came to its end: its trailer, and what follows.</summary>
    void EndMember()
    {
        _input.DropToByte();
        if (_input.Take(32) != _checksum.GetCurrentHashAsUInt32()) throw GzipDamage.Because("its checksum is wrong");
        if (_input.Take(32) != _length) throw GzipDamage.Because("its length is wrong");
        _checksum.Reset();
        _length = 0;
        var padding = false;
        while (_input.Peek() == 0)
        {
            padding = true;
            _input.TakeByte();
        }
        _state = _input.Peek() < 0 ? State.Ended : State.Between;
        if (_state == State.Between && (padding || _input.Peek() != FirstMagic)) throw new InvalidDataException("bytes follow the end of the gzip data");
    }

    void Skip(uint count)
    {
        for (; count > 0; count--) _input.TakeByte();
    }

    void SkipText()
    {
        while (_input.TakeByte() != 0)
        {
        }
    }
}
