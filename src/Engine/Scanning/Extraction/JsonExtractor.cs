using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Scanning.Extraction;

/// <summary>
/// Fields out of JSON text, as KV_MODE=json names them: keys joined by dots, `{}` behind an array's name; text without escapes is a slice of
/// the buffer; `true`, `false`, `null` and numbers are their text; a key that comes twice, or an array, gives several values;
/// empty objects and arrays give no field. Broken text gives the fields up to where it breaks.
/// </summary>
sealed class JsonExtractor
{
    // Deeper values are skipped, not read: no stack may overflow.
    const int MostLevels = 200;

    readonly JsonPaths _paths;
    Value[]?[] _columns = [];
    byte[] _buffer = [];
    int _row;
    int _rows;
    int _at;
    int _end;

    internal JsonExtractor(FieldSet wanted) => _paths = new JsonPaths(wanted);

    /// <summary>How many events broke off or were no JSON.</summary>
    internal long Broken { get; private set; }

    /// <summary>Text that is no JSON at all is broken, too.</summary>
    internal bool ExpectsJson { get; init; } = true;

    /// <summary>Begins a batch of rows.</summary>
    internal void Start(byte[] buffer, int rows)
    {
        _buffer = buffer;
        _rows = rows;
        Array.Clear(_columns);
    }

    /// <summary>Reads one event into a row.</summary>
    internal void Read(int row, int offset, int length)
    {
        if (_paths.IsEmpty) return;
        _row = row;
        _at = offset;
        _end = offset + length;
        SkipBlanks();
        var isJson = _at < _end && _buffer[_at] is (byte)'{' or (byte)'[';
        if (!isJson ? ExpectsJson : !ReadValue(_paths.Root, 0)) Broken++;
    }

    /// <summary>The columns that got a value, by name.</summary>
    internal void Finish(List<Column> columns)
    {
        for (var i = 0; i < _columns.Length; i++)
            if (_columns[i] is { } values) columns.Add(new Column(_paths.Columns[i], values));
    }

    // False when the text breaks off; what was read so far stays.
    bool ReadValue(JsonNode? node, int level)
    {
        SkipBlanks();
        if (_at >= _end) return false;
        switch (_buffer[_at])
        {
            case (byte)'"':
                return ReadText(node);
            case (byte)'{':
                if (node is null || level >= MostLevels || !node.HasBeneath) return SkipContainer();
                return ReadObject(node, level);
            case (byte)'[':
                if (node is null || level >= MostLevels || !node.HasBeneath) return SkipContainer();
                return ReadArray(node, level);
            default:
                return ReadLiteral(node);
        }
    }

    bool ReadObject(JsonNode node, int level)
    {
        _at++;
        SkipBlanks();
        if (_at < _end && _buffer[_at] == '}')
        {
            _at++;
            return true;
        }
        while (_at < _end)
        {
            if (_buffer[_at] != '"' || !TryString(out var from, out var length, out var escaped)) return false;
            var child = escaped
                ? node.Child(JsonText.Unescaped(_buffer.AsSpan(from, length), true))
                : node.Child(_buffer.AsSpan(from, length));
            SkipBlanks();
            if (_at >= _end || _buffer[_at] != ':') return false;
            _at++;
            if (!ReadValue(child, level + 1)) return false;
            SkipBlanks();
            if (_at >= _end) return false;
            var next = _buffer[_at++];
            if (next == '}') return true;
            if (next != ',') return false;
            SkipBlanks();
        }
        return false;
    }

    bool ReadArray(JsonNode node, int level)
    {
        var elements = node.Elements;
        if (elements is null) return SkipContainer();
        _at++;
        SkipBlanks();
        if (_at < _end && _buffer[_at] == ']')
        {
            _at++;
            return true;
        }
        while (_at < _end)
        {
            if (!ReadValue(elements, level + 1)) return false;
            SkipBlanks();
            if (_at >= _end) return false;
            var next = _buffer[_at++];
            if (next == ']') return true;
            if (next != ',') return false;
        }
        return false;
    }

    bool ReadText(JsonNode? node)
    {
        if (!TryString(out var from, out var length, out var escaped)) return false;
        if (node is { Column: >= 0 })
            Set(node.Column, escaped ? Value.FromUtf8(JsonText.Unescaped(_buffer.AsSpan(from, length), true)) : Value.FromUtf8(_buffer, from, length));
        return true;
    }

    bool ReadLiteral(JsonNode? node)
    {
        var from = _at;
        while (_at < _end && _buffer[_at] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) _at++;
        if (_at == from || !IsLiteral(_buffer.AsSpan(from, _at - from))) return false;
        if (node is { Column: >= 0 }) Set(node.Column, Value.FromUtf8(_buffer, from, _at - from));
        return true;
    }

    static bool IsLiteral(ReadOnlySpan<byte> text) =>
        text[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') || text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("null"u8);

    // At the opening quote; the slice is what lies between the quotes.
    bool TryString(out int from, out int length, out bool escaped)
    {
        from = _at + 1;
        length = 0;
        escaped = false;
        var at = from;
        while (true)
        {
            at = StringScan.FindEnd(_buffer, at, _end);
            if (at >= _end) return false;
            if (_buffer[at] == '"') break;
            escaped = true;
            at += 2;
            if (at > _end) return false;
        }
        length = at - from;
        _at = at + 1;
        return true;
    }

    // Skips an object or array without looking at its keys; no recursion, so that depth costs nothing.
    bool SkipContainer()
    {
        var end = StringScan.FindContainerEnd(_buffer, _at, _end);
        if (end < 0) return false;
        _at = end;
        return true;
    }

    void SkipBlanks()
    {
        while (_at < _end && _buffer[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
    }

    void Set(int column, Value value)
    {
        if (column >= _columns.Length) Array.Resize(ref _columns, Math.Max(_paths.Columns.Count, column + 1));
        var values = _columns[column] ??= new Value[_rows];
        ref var old = ref values[_row];
        old = old.IsNull ? value : Append(old, value);
    }

    static Value Append(Value old, Value value)
    {
        var many = new Value[old.Count + 1];
        for (var i = 0; i < old.Count; i++) many[i] = old[i];
        many[^1] = value;
        return Value.FromMany(many);
    }
}
