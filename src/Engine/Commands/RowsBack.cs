using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The last values of a field, to look back so many rows; it grows with the rows seen, so a long reach costs nothing before its time.</summary>
sealed class RowsBack(int most)
{
    readonly List<Value> _ring = [];
    int _oldest;

    /// <summary>The value so many rows before the one that comes next: 1 is the last; absent before the first row.</summary>
    internal Value At(int back) => back > _ring.Count ? Value.Null : _ring[(_oldest - back + _ring.Count) % _ring.Count];

    /// <summary>Adds a row's value.</summary>
    internal void Add(Value value)
    {
        if (_ring.Count < most)
        {
            _ring.Add(value.Detach());
            return;
        }
        _ring[_oldest] = value.Detach();
        _oldest = (_oldest + 1) % most;
    }
}
