using System.IO.Compression;

namespace Karst.Events;

/// <summary>An entry of a zip archive, watched for expanding beyond all measure.</summary>
sealed class ZipEntryStream(ZipArchiveEntry entry, ReaderOptions options) : ReadOnlyStream
{
    readonly Stream _entry = entry.Open();
    long _given;

    public override int Read(Span<byte> buffer)
    {
        var read = _entry.Read(buffer);
        _given += read;
        if (_given > options.FreeExpansionBytes && _given / options.MaxExpansion > entry.CompressedLength)
            throw new ExpansionException($"{entry.CompressedLength} compressed bytes expanded to more than {_given}; reading ended there");
        if (read == 0 && buffer.Length > 0 && _given != entry.Length) throw new InvalidDataException("the entry is shorter than the archive says");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _entry.Dispose();
        base.Dispose(disposing);
    }
}
