using System.Text;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>The fields that one extraction finds in the rows of a batch. The first value of a field stays, unless values are added.</summary>
sealed class FoundFields(bool addsValues, FieldSet wanted)
{
    // Names that come from texts are remembered up to here: they may be data.
    const int MostNames = 4_096;

    readonly Dictionary<string, Field> _byName = new(StringComparer.Ordinal);
    readonly List<Field> _found = [];
    readonly List<(Field Field, Value Old)> _changes = [];
    TextIndex _keys = new();
    List<Field?> _byKey = [];
    Batch _batch = new(0, []);
    int _row;
    bool _isMarked;

    /// <summary>A new batch.</summary>
    internal void Start(Batch batch)
    {
        _batch = batch;
        foreach (var field in _found) field.IsFound = false;
        _found.Clear();
        if (_keys.Count < MostNames && _byName.Count < MostNames) return;
        _byName.Clear();
        _keys = new TextIndex();
        _byKey = [];
    }

    /// <summary>What is added from now on belongs to this row.</summary>
    internal void At(int row)
    {
        _row = row;
        _isMarked = false;
    }

    /// <summary>What is added to this row from now on can be undone.</summary>
    internal void Mark()
    {
        _isMarked = true;
        _changes.Clear();
    }

    /// <summary>Takes back what was added since the mark.</summary>
    internal void Undo()
    {
        for (var i = _changes.Count - 1; i >= 0; i--) _changes[i].Field.Values[_row] = _changes[i].Old;
        _isMarked = false;
    }

    /// <summary>A name and a text.</summary>
    internal void Add(string name, string text)
    {
        if (text.Length > 0) Add(name, Value.FromText(text));
    }

    /// <summary>A name and a value, which may point into the text it was found in.</summary>
    internal void Add(string name, Value value)
    {
        if (FieldOf(name) is { } field) Put(field, value);
    }

    /// <summary>A name as it stands in the text.</summary>
    internal void Add(ReadOnlySpan<byte> key, Value value, bool cleans)
    {
        var index = _keys.Add(key, out var added);
        if (added)
        {
            var name = Encoding.UTF8.GetString(key);
            _byKey.Add(FieldOf(cleans ? FieldExtraction.CleanKey(name) : name));
        }
        if (_byKey[index] is { } field) Put(field, value);
    }

    /// <summary>The batch with what was found.</summary>
    internal Batch Finish()
    {
        if (_found.Count == 0) return _batch;
        var columns = new List<Column>(_batch.Columns.Length + _found.Count);
        foreach (var column in _batch.Columns)
            columns.Add(_byName.TryGetValue(column.Name, out var field) && field.IsFound ? new Column(column.Name, field.Values) { IsShown = column.IsShown } : column);
        foreach (var field in _found)
            if (field.IsNew) columns.Add(new Column(field.Name, field.Values));
        return _batch.WithColumns([.. columns]);
    }

    Field? FieldOf(string name)
    {
        if (_byName.TryGetValue(name, out var field)) return field;
        if (name.Length == 0 || !wanted.Contains(name)) return null;
        return _byName[name] = new Field(name);
    }

    void Put(Field field, Value value)
    {
        if (value.IsNull || value.Utf8.IsEmpty) return;
        if (!field.IsFound) Begin(field);
        ref var there = ref field.Values[_row];
        if (!there.IsNull && !addsValues) return;
        if (_isMarked) _changes.Add((field, there));
        there = there.IsNull ? value : Append(there, value);
    }

    // Batches hold only until they are pushed on, so the arrays serve again.
    void Begin(Field field)
    {
        if (field.Values.Length < _batch.Count) field.Values = new Value[_batch.Count];
        var values = field.Values.AsSpan(0, _batch.Count);
        var old = _batch.Find(field.Name);
        if (old is null) values.Clear();
        else old.Values.AsSpan(0, _batch.Count).CopyTo(values);
        field.IsNew = old is null;
        field.IsFound = true;
        _found.Add(field);
    }

    static Value Append(Value old, Value added)
    {
        var values = new Value[old.Count + 1];
        for (var i = 0; i < old.Count; i++) values[i] = old[i];
        values[^1] = added;
        return Value.FromMany(values);
    }

    sealed class Field(string name)
    {
        internal string Name { get; } = name;

        internal Value[] Values { get; set; } = [];

        internal bool IsFound { get; set; }

        internal bool IsNew { get; set; }
    }
}
