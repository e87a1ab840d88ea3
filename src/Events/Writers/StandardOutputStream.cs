using System.Runtime.InteropServices;

namespace Karst.Events;

/// <summary>
/// The process' standard output. The framework's own stream swallows a closed pipe on Unix, so that `| head` would not end the work; this one throws
/// <see cref="OutputClosedException"/>.
/// </summary>
public sealed partial class StandardOutputStream : Stream
{
    const int Descriptor = 1;
    const int Interrupted = 4;
    const int Again = 11;
    const int AgainOnMac = 35;
    const int BrokenPipe = 32;

    StandardOutputStream()
    {
    }

    /// <summary>Opens it; closing it does nothing.</summary>
    public static Stream Open() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardOutputStream();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = (int)WriteTo(Descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }
            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case Again or AgainOnMac:
                    Thread.Sleep(1);
                    break;
                case BrokenPipe:
                    throw new OutputClosedException();
                default:
                    throw new IOException("the standard output cannot be written: " + Marshal.GetLastPInvokeErrorMessage());
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
