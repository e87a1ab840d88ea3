using System.Buffers;
using System.Text;

namespace Karst.Rules;

/// <summary>Reads the text of a small file at once: UTF-8, or what its first bytes say. Throws what file access throws.</summary>
static class RuleText
{
    const int ShortFile = 1 << 14;
    // Devices have no end.
    const int MostBytes = 64 << 20;

    /// <summary>The text, without a byte order mark.</summary>
    internal static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        // Most are short, and read into a buffer that is used again. A pipe does not say how long it is, and can be read once.
        var buffer = ArrayPool<byte>.Shared.Rent(ShortFile);
        try
        {
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length < buffer.Length) return TextOf(buffer.AsSpan(0, length));
            using var whole = new MemoryStream();
            whole.Write(buffer);
            while ((length = file.Read(buffer)) > 0)
            {
                whole.Write(buffer, 0, length);
                if (whole.Length > MostBytes) throw new IOException($"it goes on beyond {MostBytes >> 20} MB");
            }
            return TextOf(whole.GetBuffer().AsSpan(0, (int)whole.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static string TextOf(ReadOnlySpan<byte> bytes)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, .. var rest]:
                return Encoding.UTF8.GetString(rest);
            // UTF-16 and UTF-32 in either order.
            case [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..]:
                using (var reader = new StreamReader(new MemoryStream(bytes.ToArray()))) return reader.ReadToEnd();
            default:
                return Encoding.UTF8.GetString(bytes);
        }
    }
}
