using System.Text;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Running.Extraction;

/// <summary>
/// Fields out of `key=value` text, as KV_MODE=auto finds them: a name of letters, digits, `_`, `.`, `-`, `:`, then `=`, then a quoted value or one
/// that ends at a blank, comma, semicolon or ampersand. Of one name the first value counts (general knowledge).
/// </summary>
sealed class KeyValueExtractor(FieldSet wanted)
{
    const int MostFields = 512;

    readonly Dictionary<string, Value[]> _columns = new(StringComparer.Ordinal);
    byte[] _buffer = [];
    int _rows;

    internal void Start(byte[] buffer, int rows)
    {
        _buffer = buffer;
        _rows = rows;
        _columns.Clear();
    }

    internal void Read(int row, int offset, int length)
    {
        var text = _buffer.AsSpan(offset, length);
        var at = 0;
        while (at < text.Length)
        {
            var equals = text[at..].IndexOf((byte)'=');
            if (equals < 0) return;
            equals += at;
            var start = equals;
            while (start > at && IsName(text[start - 1])) start--;
            at = equals + 1;
            if (start == equals || at >= text.Length || text[at] == '=') continue;
            int from, end;
            if (text[at] == '"')
            {
                from = at + 1;
                end = from;
                while (end < text.Length && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
                end = Math.Min(end, text.Length);
                at = Math.Min(end + 1, text.Length);
            }
            else
            {
                from = at;
                end = from;
                while (end < text.Length && text[end] is not ((byte)' ' or (byte)',' or (byte)';' or (byte)'&' or (byte)'\t' or (byte)'\r' or (byte)'\n')) end++;
                at = end;
            }
            if (end == from) continue;
            var name = Encoding.UTF8.GetString(text[start..equals]);
            if (!wanted.Contains(name)) continue;
            if (!_columns.TryGetValue(name, out var values))
            {
                if (_columns.Count >= MostFields) continue;
                _columns[name] = values = new Value[_rows];
            }
            if (values[row].IsNull) values[row] = Value.FromUtf8(_buffer, offset + from, end - from);
        }
    }

    internal void Finish(List<Column> columns)
    {
        foreach (var (name, values) in _columns) columns.Add(new Column(name, values));
    }

    static bool IsName(byte value) => value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_' or (byte)'.' or (byte)'-' or (byte)':';
}
