namespace Karst.Events;

/// <summary>How bytes are compressed.</summary>
enum Compression
{
    None,
    Gzip,
    Zstd,
    Unsupported,
}

/// <summary>Recognises containers by their first bytes.</summary>
static class Magic
{
    /// <summary>The compression that the bytes begin with.</summary>
    public static Compression Compression(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return Events.Compression.Gzip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])) return Events.Compression.Zstd;
        // A zstd file may begin with a skippable frame: 0x184D2A50 to 0x184D2A5F, little endian.
        if (head.Length >= 4 && (head[0] & 0xF0) == 0x50 && head[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18])) return Events.Compression.Zstd;
        return head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0])
            || head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C])
            || head.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4D, 0x18])
            || (head.Length >= 10 && head.StartsWith("BZh"u8) && head[4..10].SequenceEqual((ReadOnlySpan<byte>)[0x31, 0x41, 0x59, 0x26, 0x53, 0x59]))
            ? Events.Compression.Unsupported
            : Events.Compression.None;
    }

    /// <summary>A zip archive, also an empty one.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    /// <summary>A Windows event log.</summary>
    public static bool IsEvtx(ReadOnlySpan<byte> head) => head.StartsWith("ElfFile\0"u8);

    /// <summary>Formats that hold events but are not read, by problem kind and message.</summary>
    public static (string Kind, string Message)? Refused(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PAR1"u8)) return ("unsupported-format", "Parquet is not read; JSON lines or CSV are");
        if (head.StartsWith("Obj\u0001"u8)) return ("unsupported-format", "Avro is not read; JSON lines or CSV are");
        if (head.Length > 262 && head[257..262].SequenceEqual("ustar"u8)) return ("unsupported-format", "a tar archive is not read; its files are, once unpacked");
        if (IsZip(head)) return ("nested-zip", "a zip archive from a pipe or within another one is not read; as a file of its own it is");
        return head.StartsWith("version https://git-lfs.github.com/spec/"u8)
            ? ("git-lfs-pointer", "a Git LFS pointer stands in place of the file; `git lfs pull` fetches it")
            : null;
    }
}
