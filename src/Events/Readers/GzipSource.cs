using System.IO.Compression;

namespace Karst.Events;

/// <summary>Gzip with one or many members. A file that ends within a member is an error, which the stream of the framework does not always see.</summary>
sealed class GzipSource(Stream file) : ReadOnlyStream
{
    readonly GZipStream _gzip = new(file, CompressionMode.Decompress);

    public override int Read(Span<byte> buffer) => _gzip.Read(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }
}
