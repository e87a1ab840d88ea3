using System.IO.Compression;

namespace Karst.Events;

/// <summary>
/// Gzip with one or many members, whose early end is an error. The framework's stream takes a file that ends within a member as a whole one; so a small
/// member of our own is put behind the file: it only comes out as it went in when all before it was whole.
/// </summary>
sealed class GzipSource : ReadOnlyStream
{
    static readonly byte[] s_mark = "the file before this is whole"u8.ToArray();
    static readonly byte[] s_member = Compress(s_mark);

    readonly MarkedFile _file;
    readonly GZipStream _gzip;

    public GzipSource(Stream file)
    {
        _file = new MarkedFile(file);
        _gzip = new GZipStream(_file, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        // What the file's bytes stand for is given before more bytes are asked for, so after the end only the mark can come.
        if (!_file.Ended)
        {
            var read = _gzip.Read(buffer);
            if (!_file.Ended)
            {
                if (read == 0 && !_file.LastIsZero) throw new InvalidDataException("bytes follow the end of the gzip data");
                return read;
            }
            CheckMark(buffer[..read]);
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    void CheckMark(ReadOnlySpan<byte> first)
    {
        var found = new byte[s_mark.Length + 1];
        var length = Math.Min(first.Length, found.Length);
        first[..length].CopyTo(found);
        while (length < found.Length)
        {
            var read = _gzip.Read(found, length, found.Length - length);
            if (read == 0) break;
            length += read;
        }
        if (!found.AsSpan(0, length).SequenceEqual(s_mark)) throw new InvalidDataException("the gzip data ends early");
    }

    static byte[] Compress(byte[] bytes)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }

    /// <summary>The file's bytes, then the mark's.</summary>
    sealed class MarkedFile(Stream file) : ReadOnlyStream
    {
        int _given;

        /// <summary>All bytes of the file were given.</summary>
        public bool Ended { get; private set; }

        /// <summary>The last byte given is 0: files are padded so.</summary>
        public bool LastIsZero { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (!Ended)
            {
                var read = file.Read(buffer);
                if (read > 0)
                {
                    LastIsZero = buffer[read - 1] == 0;
                    return read;
                }
                Ended = buffer.Length > 0;
            }
            var count = Math.Min(buffer.Length, s_member.Length - _given);
            s_member.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
