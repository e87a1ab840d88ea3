using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>A field whose values have tags: makes `tag::field`, sorted and without doubles. What a value's tags are is known before any row comes.</summary>
sealed class TaggedField
{
    readonly string _field;
    readonly FieldTag[] _tags;
    readonly TextIndex _values = new();
    readonly List<(FieldTag[] Tags, Value Names)> _ofValue = [];
    Value[] _names = [];

    internal TaggedField(string field, FieldTag[] tags)
    {
        _field = field;
        _tags = tags;
        Name = $"tag::{field}";
        foreach (var value in tags.Select(tag => tag.Value))
        {
            _values.Add(Value.FromText(value).Utf8, out var added);
            if (added) _ofValue.Add(With([.. tags.Where(tag => tag.Value == value)]));
        }
    }

    /// <summary>The field that is written.</summary>
    internal string Name { get; }

    /// <summary>The tags of each row, which are added to <paramref name="sets"/> too. They hold until the next batch.</summary>
    internal Value[] Find(Batch batch, EventTypeSet[] sets)
    {
        if (_names.Length < batch.Count) _names = new Value[batch.Count];
        var column = batch.Find(_field)?.Values;
        for (var row = 0; row < batch.Count; row++)
        {
            var (tags, names) = column is null || column[row].IsNull ? ([], Value.Null) : Of(column[row]);
            foreach (var tag in tags) sets[row] = sets[row].With(tag);
            _names[row] = names;
        }
        return _names;
    }

    (FieldTag[] Tags, Value Names) Of(Value value)
    {
        if (value.IsMultivalue) return With([.. _tags.Where(tag => Has(value, Value.FromText(tag.Value)))]);
        var index = _values.Find(value.AsUtf8());
        return index < 0 ? ([], Value.Null) : _ofValue[index];
    }

    static bool Has(Value value, Value text)
    {
        for (var i = 0; i < value.Count; i++)
            if (value[i] == text) return true;
        return false;
    }

    static (FieldTag[] Tags, Value Names) With(FieldTag[] tags)
    {
        var names = new SortedSet<string>(tags.SelectMany(tag => tag.Tags), StringComparer.Ordinal);
        return (tags, names.Count == 0 ? Value.Null : Value.FromMany(names.Select(Value.FromText).ToArray()));
    }
}
