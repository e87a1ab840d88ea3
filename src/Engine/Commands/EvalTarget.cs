using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>What eval assigns to: a field, or a name with `{field}` in it, for which that field's value stands.</summary>
public sealed class EvalTarget
{
    readonly string _text;
    readonly (string Literal, string? Field)[] _parts;

    EvalTarget(string text, (string Literal, string? Field)[] parts)
    {
        _text = text;
        _parts = parts;
    }

    /// <summary>The name when it is the same for every row, else null.</summary>
    public string? Name => _parts is [{ Field: null }] ? _text : null;

    /// <summary>The name with a wildcard for each value that it takes from a field.</summary>
    public string Pattern => string.Concat(_parts.Select(part => part.Field is null ? part.Literal : "*"));

    /// <summary>The fields whose values are part of the name.</summary>
    public IEnumerable<string> Fields => _parts.Where(part => part.Field is not null).Select(part => part.Field!);

    /// <summary>Reads a target. Empty braces are part of the name, as JSON's arrays have them (`a{}.b`).</summary>
    public static EvalTarget Parse(string text)
    {
        var parts = new List<(string, string?)>();
        var literal = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '{') continue;
            var close = text.IndexOf('}', i);
            if (close <= i + 1) continue;
            if (i > literal) parts.Add((text[literal..i], null));
            parts.Add(("", text[(i + 1)..close]));
            literal = close + 1;
            i = close;
        }
        if (literal < text.Length || parts.Count == 0) parts.Add((text[literal..], null));
        return new EvalTarget(text, [.. parts]);
    }

    /// <summary>Puts each row's value into the field that its name stands for; a row that lacks a part of the name is left alone.</summary>
    public Batch Assign(Batch batch, Value[] values)
    {
        var made = new Dictionary<string, Value[]>(StringComparer.Ordinal);
        var order = new List<string>();
        for (var row = 0; row < batch.Count; row++)
        {
            if (NameFor(batch, row) is not { } name) continue;
            if (!made.TryGetValue(name, out var column))
            {
                column = new Value[batch.Count];
                batch.Find(name)?.Values.AsSpan(0, batch.Count).CopyTo(column);
                made[name] = column;
                order.Add(name);
            }
            column[row] = values[row];
        }
        foreach (var name in order) batch = batch.With(name, made[name]);
        return batch;
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    string? NameFor(Batch batch, int row)
    {
        var name = "";
        foreach (var (literal, field) in _parts)
        {
            if (field is null) name += literal;
            else if (batch.Find(field) is { } column && column.Values[row] is { Count: 1 } value) name += value.ToString();
            else return null;
        }
        return name.Length == 0 ? null : name;
    }
}
