using System.IO.Compression;
using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>A CSV file of RFC 4180 in memory: the first line names the columns; cells are slices of the file. Quotes, line breaks within them and a BOM are read.</summary>
sealed class CsvTable
{
    /// <summary>A table whose cells are known.</summary>
    internal CsvTable(string[] columns, Value[][] cells, int rows)
    {
        Columns = columns;
        Cells = cells;
        Rows = rows;
    }

    /// <summary>Column names in the order of the file.</summary>
    internal string[] Columns { get; }

    /// <summary>Values by column, then row; an empty cell is absent.</summary>
    internal Value[][] Cells { get; }

    /// <summary>How many rows.</summary>
    internal int Rows { get; }

    /// <summary>Reads a file, gzip by its name's end; throws what file access throws, and <see cref="InvalidDataException"/> for a table over <paramref name="most"/> bytes.</summary>
    internal static CsvTable Read(string path, long most)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > most) throw new InvalidDataException($"the table is larger than {most} bytes");
        }
        return Parse(plain.ToArray());
    }

    /// <summary>Parses the bytes of a file; they are kept.</summary>
    internal static CsvTable Parse(byte[] bytes)
    {
        var cursor = new Cursor(bytes);
        var names = new List<string>();
        if (!cursor.AtEnd)
        {
            bool more;
            do
            {
                more = cursor.Next(out var name);
                names.Add(name.ToString().Trim());
            }
            while (more);
        }
        // Two columns of one name: the first one counts, as a header without a name does not.
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var kept = names.Select(name => name.Length > 0 && taken.Add(name)).ToArray();
        var cells = new List<Value>[names.Count];
        for (var c = 0; c < cells.Length; c++) cells[c] = [];
        var rows = 0;
        while (!cursor.AtEnd)
        {
            if (cursor.SkipBlankLine()) continue;
            var column = 0;
            bool more;
            do
            {
                more = cursor.Next(out var value);
                if (column < cells.Length) cells[column].Add(value.Utf8.IsEmpty ? Value.Null : value);
                column++;
            }
            while (more);
            for (; column < cells.Length; column++) cells[column].Add(Value.Null);
            rows++;
        }
        return new CsvTable(
            [.. names.Where((_, index) => kept[index])],
            [.. cells.Where((_, index) => kept[index]).Select(list => list.ToArray())],
            rows);
    }

    sealed class Cursor(byte[] bytes)
    {
        int _at = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;

        internal bool AtEnd => _at >= bytes.Length;

        internal bool SkipBlankLine()
        {
            var length = bytes[_at] == '\n' ? 1 : bytes[_at] == '\r' && _at + 1 < bytes.Length && bytes[_at + 1] == '\n' ? 2 : 0;
            _at += length;
            return length > 0;
        }

        /// <summary>Takes a cell; true when another one follows on the line.</summary>
        internal bool Next(out Value cell)
        {
            cell = _at < bytes.Length && bytes[_at] == '"' ? Quoted() : Plain();
            if (_at >= bytes.Length) return false;
            if (bytes[_at] == ',')
            {
                _at++;
                return true;
            }
            _at += bytes[_at] == '\r' ? 2 : 1;
            return false;
        }

        Value Plain()
        {
            var start = _at;
            while (_at < bytes.Length && bytes[_at] is not ((byte)',' or (byte)'\n')) _at++;
            var end = _at;
            if (_at < bytes.Length && bytes[_at] == '\n' && end > start && bytes[end - 1] == '\r')
            {
                end--;
                _at--;
            }
            return Value.FromUtf8(bytes, start, end - start);
        }

        Value Quoted()
        {
            var start = ++_at;
            var doubled = false;
            while (_at < bytes.Length)
            {
                if (bytes[_at] != '"') _at++;
                else if (_at + 1 < bytes.Length && bytes[_at + 1] == '"')
                {
                    doubled = true;
                    _at += 2;
                }
                else break;
            }
            var text = bytes.AsSpan(start, _at - start);
            if (_at < bytes.Length) _at++;
            // What stands between the closing quote and the comma belongs to nothing; it is left out.
            while (_at < bytes.Length && bytes[_at] is not ((byte)',' or (byte)'\n'))
            {
                if (bytes[_at] == '\r' && _at + 1 < bytes.Length && bytes[_at + 1] == '\n') break;
                _at++;
            }
            if (!doubled) return Value.FromUtf8(bytes, start, text.Length);
            var unescaped = new byte[text.Length];
            var length = 0;
            for (var i = 0; i < text.Length; i++)
            {
                unescaped[length++] = text[i];
                if (text[i] == '"') i++;
            }
            return Value.FromUtf8(unescaped, 0, length);
        }
    }
}
