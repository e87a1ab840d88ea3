using System.Buffers;
using System.Text;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Spilling;

/// <summary>
/// Rows on disk, one behind the other: written once, read from the beginning. The file has no name that outlives the process, and is gone when it is disposed of. Throws
/// <see cref="SearchFailedException"/> where the disk takes no more.
/// </summary>
public sealed class SpilledRows : IDisposable
{
    const int BufferBytes = 1 << 16;

    readonly Stream _file;
    readonly List<string> _names = [];
    readonly List<bool> _shown = [];
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    readonly ArrayBufferWriter<byte> _row = new();

    /// <summary>An empty file in the folder for temporary files.</summary>
    public SpilledRows()
        : this(Create())
    {
    }

    /// <summary>An empty file that is open already; disposed of with this.</summary>
    internal SpilledRows(Stream file) => _file = file;

    /// <summary>How many rows are written.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes are written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes one row of a batch.</summary>
    public void Add(Batch batch, int row)
    {
        _row.ResetWrittenCount();
        var fields = 0;
        foreach (var column in batch.Columns)
        {
            var index = IndexOf(column);
            if (column.Values[row].IsNull) continue;
            WriteNumber(index + 1);
            WriteValue(column.Values[row]);
            fields++;
        }
        WriteNumber(0);
        try
        {
            _file.Write(_row.WrittenSpan);
        }
        catch (IOException failure)
        {
            throw NoDisk(failure);
        }
        Bytes += _row.WrittenCount;
        Count++;
    }

    /// <summary>Writes all rows of a batch.</summary>
    public void Add(Batch batch)
    {
        for (var row = 0; row < batch.Count; row++) Add(batch, row);
    }

    /// <summary>All rows as they were written, as batches of at most so many. One reader at a time; nothing may be written meanwhile.</summary>
    public IEnumerable<Batch> Read(int size)
    {
        Rewind();
        var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        for (var read = 0; read < Count;)
        {
            var batch = ReadBatch(reader, Math.Min(size, Count - read));
            read += batch.Count;
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written is wanted by nobody.
        }
    }

    // What waits in the buffer is written here.
    void Rewind()
    {
        try
        {
            _file.Position = 0;
        }
        catch (IOException failure)
        {
            throw NoDisk(failure);
        }
    }

    Batch ReadBatch(BinaryReader reader, int count)
    {
        var columns = _names.Select((name, i) => new Column(name, new Value[count]) { IsShown = _shown[i] }).ToArray();
        try
        {
            for (var row = 0; row < count; row++)
                for (var index = reader.Read7BitEncodedInt(); index > 0; index = reader.Read7BitEncodedInt()) columns[index - 1].Values[row] = ReadValue(reader);
        }
        catch (IOException failure)
        {
            throw new SearchFailedException($"rows that were written to disk cannot be read again: {failure.Message}");
        }
        return new Batch(count, columns);
    }

    static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"karst-{Guid.NewGuid():N}.rows");
        try
        {
            var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = BufferBytes, Options = FileOptions.DeleteOnClose });
            // Where an open file may lose its name, nothing is left behind even when the process is killed.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw NoDisk(failure);
        }
    }

    static SearchFailedException NoDisk(Exception failure) => new($"rows that do not fit into memory cannot be written to disk: {failure.Message}");

    int IndexOf(Column column)
    {
        if (_index.TryGetValue(column.Name, out var index))
        {
            _shown[index] |= column.IsShown;
            return index;
        }
        _names.Add(column.Name);
        _shown.Add(column.IsShown);
        return _index[column.Name] = _names.Count - 1;
    }

    // Kinds: 0 text, 1 number, 2 and 3 false and true, from 4 on several values: their count and 2.
    void WriteValue(Value value)
    {
        if (value.IsMultivalue)
        {
            WriteNumber(value.Count + 2);
            for (var i = 0; i < value.Count; i++) WriteValue(value[i]);
        }
        else if (value.IsNumber)
        {
            WriteNumber(1);
            BitConverter.TryWriteBytes(_row.GetSpan(8), value.Number);
            _row.Advance(8);
        }
        else if (value.IsBool) WriteNumber(value.IsTrue ? 3 : 2);
        else
        {
            WriteNumber(0);
            WriteNumber(value.Utf8.Length);
            _row.Write(value.Utf8);
        }
    }

    static Value ReadValue(BinaryReader reader)
    {
        var kind = reader.Read7BitEncodedInt();
        switch (kind)
        {
            case 0: return Value.FromUtf8(reader.ReadBytes(reader.Read7BitEncodedInt()));
            case 1: return Value.FromNumber(reader.ReadDouble());
            case 2 or 3: return Value.FromBool(kind == 3);
            default:
                var values = new Value[kind - 2];
                for (var i = 0; i < values.Length; i++) values[i] = ReadValue(reader);
                return Value.FromMany(values);
        }
    }

    void WriteNumber(int number)
    {
        var span = _row.GetSpan(5);
        var length = 0;
        for (var rest = (uint)number; ; rest >>= 7)
        {
            span[length++] = (byte)(rest < 0x80 ? rest : rest | 0x80);
            if (rest < 0x80) break;
        }
        _row.Advance(length);
    }
}
