namespace Karst.Events;

/// <summary>Ends the reading of compressed bytes that expand beyond all measure: memory is flat anyway, time would not be.</summary>
sealed class ExpansionGuard(Stream inner, CountingStream file, ReaderOptions options) : ReadOnlyStream
{
    long _given;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _given += read;
        if (_given > options.FreeExpansionBytes && _given / options.MaxExpansion > file.Count)
            throw new ExpansionException($"{file.Count} compressed bytes expanded to more than {_given}; reading ended there");
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>An input expands beyond its limit.</summary>
sealed class ExpansionException(string message) : IOException(message);
