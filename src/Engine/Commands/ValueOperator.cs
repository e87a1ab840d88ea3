using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Changes one field value by value; batches without the field pass as they are.</summary>
sealed class ValueOperator(string field, Func<Value, Value> change) : Operator
{
    public override bool Push(Batch batch)
    {
        if (batch.Find(field) is not { } column) return Next.Push(batch);
        var values = new Value[batch.Count];
        for (var row = 0; row < values.Length; row++) values[row] = change(column.Values[row]);
        return Next.Push(batch.With(field, values));
    }
}
