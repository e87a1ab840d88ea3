namespace Karst.Catalog.Writing;

/// <summary>
/// Writes files one after the other, each at once when all of it is there, and only where it differs from what stands there: a build over an earlier one then leaves to a copy or an upload what
/// changed, and a file system that writes replaced files through at once has little to do. For one thread.
/// </summary>
sealed class FileReplacer : IDisposable
{
    readonly MemoryStream _file = new();
    readonly byte[] _known = new byte[32 << 10];

    /// <summary>Writes a file.</summary>
    internal void Write(string path, Action<Stream> write)
    {
        _file.SetLength(0);
        write(_file);
        var bytes = _file.GetBuffer().AsSpan(0, (int)_file.Length);
        var old = new FileInfo(path);
        if (old.Exists && IsThere(old, bytes)) return;
        // A file that is cut to nothing first is written through when it is closed, even if it is new (ext4, `auto_da_alloc`).
        using var file = File.OpenHandle(path, old.Exists ? FileMode.Create : FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    bool IsThere(FileInfo old, ReadOnlySpan<byte> bytes)
    {
        if (old.Length != bytes.Length) return false;
        try
        {
            using var file = File.OpenHandle(old.FullName);
            for (var at = 0; at < bytes.Length;)
            {
                var read = RandomAccess.Read(file, _known, at);
                if (read == 0 || read > bytes.Length - at || !bytes.Slice(at, read).SequenceEqual(_known.AsSpan(0, read))) return false;
                at += read;
            }
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What cannot be read may be replaced all the same, or says why not.
            return false;
        }
    }
}
