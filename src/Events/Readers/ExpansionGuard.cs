namespace Karst.Events;

/// <summary>Ends the reading of compressed bytes that expand beyond all measure: memory is flat anyway, time would not be.</summary>
sealed class ExpansionGuard(Stream inner, CountingStream file, ReaderOptions options) : ReadOnlyStream
{
    /// <summary>So much is expanded before the measure is taken: a reader may give as much as there is room for.</summary>
    const int PieceBytes = 1 << 20;

    long _given;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer[..Math.Min(buffer.Length, PieceBytes)]);
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
