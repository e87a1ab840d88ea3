namespace Karst.Events;

/// <summary>Reads a pipe on a thread of its own: when the work is interrupted the input ends there, so that what came before is counted, however long the pipe is quiet.</summary>
sealed class InterruptibleStream(Stream inner, CancellationToken cancellation) : ReadOnlyStream
{
    // What a pipe holds.
    readonly byte[] _buffer = new byte[64 << 10];
    int _at;
    int _end;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (_at == _end && !Fill()) return 0;
        var count = Math.Min(buffer.Length, _end - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        // A read that is still waiting keeps the pipe.
        if (disposing && !cancellation.IsCancellationRequested) inner.Dispose();
        base.Dispose(disposing);
    }

    bool Fill()
    {
        try
        {
            var read = Task.Run(() => inner.Read(_buffer), cancellation);
            read.Wait(cancellation);
            (_at, _end) = (0, read.Result);
            return _end > 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (AggregateException failure) when (failure.InnerException is IOException or UnauthorizedAccessException)
        {
            throw failure.InnerException;
        }
    }
}
