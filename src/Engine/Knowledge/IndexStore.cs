using System.Text;

namespace Karst.Engine.Knowledge;

/// <summary>The folder where `collect` keeps events: a file of JSON lines for each index, as `karst search --rows` reads them.</summary>
public sealed class IndexStore(string folder)
{
    readonly Lock _lock = new();

    /// <summary>The file of an index, which need not be there; null when this is no name of an index.</summary>
    public string? PathOf(string index) =>
        index.Length > 0 && index == Path.GetFileName(index) && !index.StartsWith('.') ? Path.Combine(folder, "indexes", index + ".jsonl") : null;

    /// <summary>Puts events behind those that the index has, all or none. Throws what file access throws.</summary>
    public void Append(string index, IEnumerable<string> documents)
    {
        var path = PathOf(index) ?? throw new IOException($"`{index}` is no name of an index");
        var text = new StringBuilder();
        foreach (var document in documents) text.Append(document).Append('\n');
        lock (_lock)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var end = file.Seek(0, SeekOrigin.End);
            try
            {
                file.Write(Encoding.UTF8.GetBytes(text.ToString()));
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(end);
                throw;
            }
        }
    }
}
