using System.Collections.Concurrent;
using System.Text;
using Karst.Engine.Knowledge.Collections;
using Karst.Events;

namespace Karst.Engine.Knowledge;

/// <summary>
/// The folder where `outputlookup` keeps tables, as CSV files by name, and collections of the KV store, in one file for all. What it holds goes
/// before what apps bring.
/// </summary>
public sealed class LookupStore(string folder)
{
    readonly ConcurrentDictionary<string, int> _versions = new(StringComparer.Ordinal);
    readonly CollectionStore _collections = new(folder);
    readonly Lock _lock = new();

    /// <summary>The folder; made when something is first written.</summary>
    public string Folder { get; } = folder;

    /// <summary>The events that `collect` keeps in the same folder.</summary>
    public IndexStore Indexes { get; } = new(folder);

    /// <summary>The file of a table; null when nothing was ever written to it.</summary>
    public string? Find(string name) => PathOf(name) is { } path && File.Exists(path) ? path : null;

    /// <summary>Counts the writes to a table in this process, so that a table read before can be told from the new one.</summary>
    public int Version(string name) => _versions.GetValueOrDefault(name);

    /// <summary>The records of a collection; throws what file access throws.</summary>
    internal IReadOnlyList<(string Key, string Document)> ReadCollection(string collection) => _collections.Read(collection);

    /// <summary>Writes records to a collection, all or none; see <see cref="CollectionStore.Write"/>. Throws what file access throws.</summary>
    internal void WriteCollection(string collection, IEnumerable<(string? Key, string Document)> records, bool replaces)
    {
        lock (_lock)
        {
            _collections.Write(collection, records, replaces);
            _versions.AddOrUpdate(collection, 1, static (_, version) => version + 1);
        }
    }

    /// <summary>Writes a table: whole, so that a reader sees the old one or the new one. Throws what file access throws.</summary>
    public void Write(string name, IReadOnlyList<string> columns, IEnumerable<Value[]> rows)
    {
        lock (_lock)
        {
            var path = PathOf(name) ?? throw new IOException($"`{name}` is no name of a lookup");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var unfinished = path + ".new";
            using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
            {
                writer.WriteLine(string.Join(',', columns.Select(Quote)));
                foreach (var row in rows) writer.WriteLine(string.Join(',', row.Select(value => Quote(value.ToString()))));
            }
            File.Move(unfinished, path, overwrite: true);
            _versions.AddOrUpdate(name, 1, static (_, version) => version + 1);
        }
    }

    static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    string? PathOf(string name)
    {
        if (name.Length == 0 || name != Path.GetFileName(name) || name.StartsWith('.')) return null;
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return Path.Combine(Folder, "lookups", name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? name : name + ".csv");
    }
}
