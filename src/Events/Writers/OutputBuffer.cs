using System.Text;
using System.Text.Unicode;

namespace Karst.Events;

/// <summary>Gathers bytes for an output; writes them in large pieces and turns a closed pipe into its own exception.</summary>
sealed class OutputBuffer(Stream output, int size = 64 << 10)
{
    const int BrokenPipe = 32;
    const int WindowsNoData = unchecked((int)0x800700E8);
    const int WindowsBrokenPipe = unchecked((int)0x8007006D);

    byte[] _bytes = new byte[size];
    int _length;

    /// <summary>Appends one ASCII byte.</summary>
    public void Add(byte value)
    {
        if (_length == _bytes.Length) Drain();
        _bytes[_length++] = value;
    }

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _length) Drain();
        if (bytes.Length > _bytes.Length)
        {
            Guarded(bytes);
            return;
        }
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends text.</summary>
    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>Appends bytes, with U+FFFD in the place of what is not UTF-8.</summary>
    public void AddValid(ReadOnlySpan<byte> bytes) => Add(Valid(bytes));

    /// <summary>The same bytes, or a copy with U+FFFD in the place of what is not UTF-8.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));

    /// <summary>Writes all that was gathered.</summary>
    public void Flush()
    {
        Drain();
        try
        {
            output.Flush();
        }
        catch (IOException failure) when (IsClosed(failure))
        {
            throw new OutputClosedException(failure);
        }
    }

    void Drain()
    {
        var length = _length;
        _length = 0;
        if (length > 0) Guarded(_bytes.AsSpan(0, length));
    }

    void Guarded(ReadOnlySpan<byte> bytes)
    {
        try
        {
            output.Write(bytes);
        }
        catch (IOException failure) when (IsClosed(failure))
        {
            throw new OutputClosedException(failure);
        }
    }

    // Other failures, such as a full disk, are not quiet.
    static bool IsClosed(IOException failure) =>
        failure is not OutputClosedException && failure.HResult is BrokenPipe or WindowsNoData or WindowsBrokenPipe;
}
