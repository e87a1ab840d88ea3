using System.Runtime.CompilerServices;
using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Scanning.Extraction;

/// <summary>
/// Fields out of JSON text, as KV_MODE=json names them: keys joined by dots, `{}` behind an array's name; text without escapes is a slice of
/// the buffer; `true`, `false`, `null` and numbers are their text; a key that comes twice, or an array, gives several values;
/// empty objects and arrays give no field. Broken text gives the fields up to where it breaks; what is malformed where nothing is wanted, but closed, is passed over.
/// </summary>
sealed class JsonExtractor
{
    // Deeper values are skipped, not read: no stack may overflow.
    internal const int MostLevels = 200;

    readonly JsonPaths _paths;
    readonly List<int> _used = [];
    // Not where all keys are wanted: there may be thousands, most of them seldom.
    readonly ColumnRoom _room = new();
    Value[]?[] _columns = [];
    byte[] _buffer = [];
    int _row;
    int _rows;
    JsonMarks _marks;
    int _at;
    int _end;
    bool _isTooDeep;
    bool _hasLone;

    internal JsonExtractor(FieldSet wanted) => _paths = new JsonPaths(wanted);

    /// <summary>How many events broke off or were no JSON.</summary>
    internal long Broken { get; private set; }

    /// <summary>How many columns the last batch has.</summary>
    internal int Columns => _used.Count;

    /// <summary>How many events hold wanted values deeper than <see cref="MostLevels"/>.</summary>
    internal long TooDeep { get; private set; }

    /// <summary>How many events hold a wanted text with half of a surrogate pair.</summary>
    internal long LoneSurrogates { get; private set; }

    /// <summary>Keys were left out because there are <see cref="JsonPaths.MostColumns"/> already.</summary>
    internal bool IsFull => _paths.IsFull;

    /// <summary>Text that is no JSON at all is broken, too.</summary>
    internal bool ExpectsJson { get; init; } = true;

    /// <summary>Begins a batch of rows.</summary>
    internal void Start(byte[] buffer, int rows)
    {
        _buffer = buffer;
        _rows = rows;
        Array.Clear(_columns);
        _used.Clear();
    }

    /// <summary>Reads one event into a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Read(int row, int offset, int length)
    {
        if (_paths.IsEmpty) return;
        _row = row;
        _at = offset;
        _end = offset + length;
        while (_at < _end && IsBlank(_buffer[_at])) _at++;
        if (_at >= _end || _buffer[_at] is not ((byte)'{' or (byte)'['))
        {
            if (ExpectsJson) Broken++;
            return;
        }
        _marks.Start(_buffer, _at, _end);
        _marks.Next();
        if (!ReadContainer(_paths.Root, 0)) Broken++;
        if (_isTooDeep) TooDeep++;
        if (_hasLone) LoneSurrogates++;
        _isTooDeep = _hasLone = false;
    }

    /// <summary>
    /// The columns that got a value. Where all are wanted they stand in the order in which this batch met them, so that batches before it do not show;
    /// otherwise in the order of the wanted fields.
    /// </summary>
    internal void Finish(List<Column> columns)
    {
        if (!_paths.TakesAll) _used.Sort();
        foreach (var column in _used) columns.Add(new Column(_paths.Columns[column], _columns[column]!));
    }

    // Each reads what follows the mark at `_at` and leaves `_at` at the next one it did not take; false when the text breaks off: what was read so far stays.
    bool ReadContainer(JsonNode? node, int level)
    {
        if (node is not { HasBeneath: true }) return Skip();
        if (level >= MostLevels)
        {
            _isTooDeep = true;
            return Skip();
        }
        if (_buffer[_at] == '{') return ReadObject(node, level);
        return node.Elements is { } elements ? ReadArray(elements, level) : Skip();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool ReadObject(JsonNode node, int level)
    {
        var buffer = _buffer;
        var from = _at + 1;
        var rest = node.Rest;
        var found = 0;
        var last = _at;
        if (rest is not null && rest.IsDue(0) && TryPassRest(rest)) return true;
        var at = _marks.Next();
        if (at < _end && buffer[at] == '}' && IsBlank(from, at))
        {
            _at = at;
            return true;
        }
        while (at < _end && buffer[at] == ':' && TryKey(node, from, at, out var child))
        {
            from = at + 1;
            if (child is null)
            {
                at = PassValue(from);
                if (at < 0) break;
            }
            else
            {
                _at = at;
                if (!ReadValue(child, level)) break;
                at = last = _at;
                found++;
                if (rest is not null && buffer[at] == ',' && rest.IsDue(found) && TryPassRest(rest)) return true;
            }
            if (buffer[at] == '}')
            {
                _at = at;
                rest?.Learn(found);
                return true;
            }
            if (buffer[at] != ',') break;
            from = at + 1;
            at = _marks.Next();
        }
        // What an event gives must not depend on the events before, which say when the rest is looked at: a fault that such a look passes over is none.
        if (rest is null || last >= _end || buffer[last] is not ((byte)',' or (byte)'{')) return false;
        _at = last;
        _marks.Start(buffer, last + 1, _end);
        return TryPassRest(rest);
    }

    // From the mark at `_at` to the end of the object it stands in, if no wanted key lies between. As within every container that is skipped, form is not checked there.
    bool TryPassRest(JsonRest rest)
    {
        var before = _marks;
        var end = _marks.SkipContainer();
        if (end < _end && rest.IsFree(_buffer.AsSpan(_at, end - _at), _marks.SawEscape))
        {
            _at = end;
            return true;
        }
        _marks = before;
        return false;
    }

    // The mark behind a value that nobody wants; -1 when the text breaks off. Only the value's first byte is looked at.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int PassValue(int from)
    {
        var at = _marks.Next();
        if (at >= _end) return -1;
        while (IsBlank(_buffer[from])) from++;
        if (from == at)
        {
            if (_buffer[at] is not ((byte)'{' or (byte)'[')) return -1;
            at = _marks.SkipContainer();
            if (at >= _end) return -1;
            from = at + 1;
            at = _marks.Next();
            return at < _end && IsBlank(from, at) ? at : -1;
        }
        return BeginsScalar(_buffer[from]) && _buffer[at] is not ((byte)'{' or (byte)'[') ? at : -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool BeginsScalar(byte value) => value is (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n';

    bool ReadArray(JsonNode elements, int level)
    {
        var opened = _at;
        while (true)
        {
            if (!ReadValue(elements, level, mayBeEmpty: _at == opened)) return false;
            if (_buffer[_at] == ']') return true;
            if (_buffer[_at] != ',') return false;
        }
    }

    // The value between the mark at `_at` and the next one, or the container that opens there; then the mark behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool ReadValue(JsonNode? node, int level, bool mayBeEmpty = false)
    {
        var from = _at + 1;
        _at = _marks.Next();
        if (_at < _end && _buffer[_at] is (byte)'{' or (byte)'[')
        {
            if (!IsBlank(from, _at) || !ReadContainer(node, level + 1)) return false;
            from = _at + 1;
            _at = _marks.Next();
            return _at < _end && IsBlank(from, _at);
        }
        while (from < _at && IsBlank(_buffer[from])) from++;
        var end = _at;
        while (end > from && IsBlank(_buffer[end - 1])) end--;
        if (from == end) return mayBeEmpty && _at < _end && _buffer[_at] == ']';
        return ReadScalar(node, from, end) && _at < _end;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool ReadScalar(JsonNode? node, int from, int end)
    {
        if (_buffer[from] != '"')
        {
            if (!IsLiteral(_buffer.AsSpan(from, end - from))) return false;
            if (node is { Column: >= 0 }) Set(node.Column, Value.FromUtf8(_buffer, from, end - from));
            return true;
        }
        if (node is not { Column: >= 0 }) return end - from >= 2 && _buffer[end - 1] == '"';
        if (!TryText(from, end, out var escaped)) return false;
        Set(node.Column, escaped ? Value.FromUtf8(Unescaped(from, end)) : Value.FromUtf8(_buffer, from + 1, end - from - 2));
        return true;
    }

    // Of what nobody wants only the ends are looked at.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryKey(JsonNode node, int from, int end, out JsonNode? child)
    {
        child = null;
        if (end - from >= 2 && _buffer[from] == '"' && _buffer[end - 1] == '"' && !node.MayHave(end - from - 2) && !_marks.SawEscape) return true;
        while (from < end && IsBlank(_buffer[from])) from++;
        while (end > from && IsBlank(_buffer[end - 1])) end--;
        if (end - from < 2 || _buffer[from] != '"' || _buffer[end - 1] != '"') return false;
        var escaped = false;
        if ((node.TakesAll || _marks.SawEscape) && !TryText(from, end, out escaped)) return false;
        child = escaped ? node.Child(Unescaped(from, end)) : node.Child(_buffer.AsSpan(from + 1, end - from - 2));
        return true;
    }

    // Whether the bytes are one string with its quotes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    bool TryText(int from, int end, out bool escaped)
    {
        escaped = false;
        var text = _buffer.AsSpan(from, end - from);
        for (var at = 1; ; at += 2)
        {
            var found = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) return false;
            at += found;
            if (text[at] == '"') return at == text.Length - 1;
            escaped = true;
            if (at + 2 > text.Length) return false;
        }
    }

    ReadOnlySpan<byte> Unescaped(int from, int end)
    {
        var content = _buffer.AsSpan(from + 1, end - from - 2);
        var text = JsonText.Unescaped(content, true);
        _hasLone |= JsonText.HasLoneSurrogate(content, text);
        return text;
    }

    static bool IsLiteral(ReadOnlySpan<byte> text) =>
        text[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9')
            ? text.IndexOfAny(" \t\r\n"u8) < 0
            : text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("null"u8);

    bool Skip()
    {
        _at = _marks.SkipContainer();
        return _at < _end;
    }

    bool IsBlank(int from, int end)
    {
        for (; from < end; from++)
            if (!IsBlank(_buffer[from])) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Set(int column, Value value)
    {
        if (column >= _columns.Length) Array.Resize(ref _columns, Math.Max(_paths.Columns.Count, column + 1));
        ref var old = ref (_columns[column] ?? Begin(column))[_row];
        old = old.IsNull ? value : Append(old, value);
    }

    Value[] Begin(int column)
    {
        _used.Add(column);
        if (_paths.TakesAll) return _columns[column] = new Value[_rows];
        var values = _room.Of(column, _rows);
        Array.Clear(values, 0, _rows);
        return _columns[column] = values;
    }

    static Value Append(Value old, Value value)
    {
        var many = new Value[old.Count + 1];
        for (var i = 0; i < old.Count; i++) many[i] = old[i];
        many[^1] = value;
        return Value.FromMany(many);
    }
}
