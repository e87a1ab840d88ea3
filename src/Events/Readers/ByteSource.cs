using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Karst.Events;

/// <summary>The bytes of one input after decompression and transcoding, with the count of those read from the file.</summary>
sealed class ByteSource : IDisposable
{
    const int MaxLayers = 3;
    const int HeadBytes = 64 << 10;

    readonly CountingStream _file;
    readonly IDisposable? _owner;

    ByteSource(Stream file, IDisposable? owner)
    {
        _file = new CountingStream(file);
        _owner = owner;
        Stream = _file;
    }

    /// <summary>The bytes to read.</summary>
    public Stream Stream { get; private set; }

    /// <summary>Bytes taken from the file so far.</summary>
    public long FileBytes => _file.Count;

    /// <summary>The first bytes, still to be read from <see cref="Stream"/>.</summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>The head is the whole input.</summary>
    public bool HeadIsAll { get; private set; }

    /// <summary>What a failure while reading is called.</summary>
    public string ErrorKind { get; private set; } = "read-error";

    /// <summary>What was recognised but cannot be read: kind and message of the problem.</summary>
    public (string Kind, string Message)? Refusal { get; private set; }

    /// <summary>Looks through compression and byte order marks; the owner is closed with the source.</summary>
    public static ByteSource Open(Stream file, IDisposable? owner, ReaderOptions options)
    {
        var source = new ByteSource(file, owner);
        source.Unwrap(options);
        return source;
    }

    public void Dispose()
    {
        Stream.Dispose();
        _file.Dispose();
        _owner?.Dispose();
    }

    /// <summary>The sentence for a failure.</summary>
    public static string Explain(string kind, Exception failure) => kind switch
    {
        "bad-gzip" => $"{failure.Message}; what came before it was used",
        "bad-zstd" => "the zstd data is damaged or ends early; what came before it was used",
        "bad-zip" => "the zip entry is damaged or ends early; what came before it was used",
        _ => failure.Message,
    };

    /// <summary>An entry of a zip archive: failures are the archive's.</summary>
    public void IsZipEntry() => ErrorKind = ErrorKind == "read-error" ? "bad-zip" : ErrorKind;

    void Unwrap(ReaderOptions options)
    {
        for (var layer = 0; ; layer++)
        {
            var head = PrefixStream.Take(Stream, HeadBytes);
            Stream = head;
            var bytes = head.Prefix;
            var compression = Magic.Compression(bytes);
            if (compression == Compression.None)
            {
                Settle(head);
                return;
            }
            if (compression == Compression.Unsupported || layer == MaxLayers)
            {
                Refusal = ("unsupported-compression", layer == MaxLayers
                    ? $"compressed more than {MaxLayers} times over"
                    : "bzip2, xz, 7z and lz4 are not read; gzip, zstd and zip are");
                return;
            }
            ErrorKind = compression == Compression.Gzip ? "bad-gzip" : "bad-zstd";
            Stream inner = compression == Compression.Gzip
                ? new GzipSource(Stream)
                : new DecompressionStream(Stream, checkEndOfStream: true, leaveOpen: false);
            Stream = new ExpansionGuard(inner, _file, options);
        }
    }

    void Settle(PrefixStream head)
    {
        Refusal = Magic.Refused(head.Prefix);
        var skip = 0;
        Encoding? encoding = null;
        ReadOnlySpan<byte> bytes = head.Prefix;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) skip = 3;
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) (skip, encoding) = (2, Encoding.Unicode);
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) (skip, encoding) = (2, Encoding.BigEndianUnicode);
        head.Skip(skip);
        if (encoding is not null)
        {
            head = PrefixStream.Take(Encoding.CreateTranscodingStream(head, encoding, Encoding.UTF8), HeadBytes);
            Stream = head;
        }
        Head = head.Prefix.ToArray();
        HeadIsAll = head.IsAll;
    }
}
