using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Automatic;

/// <summary>KV_MODE=auto as a stage: the wanted fields out of `key=value` pairs in `_raw`. The first value of a name counts; a field that is there already stays.</summary>
public sealed record KeyValueStage(FieldSet Wanted) : Stage
{
    /// <inheritdoc/>
    public override string Command => "keyvalue";

    /// <inheritdoc/>
    public override FieldSet Writes => Wanted;

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With("_raw");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new KeyValueOperator(Wanted);

    /// <inheritdoc/>
    public override string Describe() => $"keyvalue {Wanted}";

    sealed class KeyValueOperator(FieldSet wanted) : Operator
    {
        // One event can name fields of its own making; so many names are remembered, not all that ever come.
        const int MostNames = 10_000;

        readonly Dictionary<byte[], string> _names = new(Lookups.ByteKeys.Instance);

        public override bool Push(Batch batch)
        {
            if (batch.Find("_raw") is not { } raw) return Next.Push(batch);
            var made = new Dictionary<string, Value[]>(StringComparer.Ordinal);
            for (var row = 0; row < batch.Count; row++)
            {
                var text = raw.Values[row];
                if (text.Utf8Array is not { } array) continue;
                var pairs = new KeyValueText(text.Utf8);
                while (pairs.Next())
                {
                    var name = NameOf(pairs.Key);
                    if (name.Length == 0) continue;
                    if (!made.TryGetValue(name, out var values))
                    {
                        values = new Value[batch.Count];
                        batch.Find(name)?.Values.AsSpan(0, batch.Count).CopyTo(values);
                        made[name] = values;
                    }
                    if (!values[row].IsNull) continue;
                    values[row] = pairs.IsEscaped
                        ? KeyValueText.Unescape(text.Utf8.Slice(pairs.ValueStart, pairs.ValueLength))
                        : Value.FromUtf8(array, text.Utf8Offset + pairs.ValueStart, pairs.ValueLength);
                }
            }
            foreach (var (name, values) in made) batch = batch.With(name, values);
            return Next.Push(batch);
        }

        string NameOf(ReadOnlySpan<byte> key)
        {
            if (_names.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var known)) return known;
            var name = KeyValueText.CleanName(key);
            if (!wanted.Contains(name)) name = "";
            if (_names.Count < MostNames) _names[key.ToArray()] = name;
            return name;
        }
    }
}
