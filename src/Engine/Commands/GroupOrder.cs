using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The order of groups: by each BY value in turn, numbers by size before text, text by its bytes.</summary>
static class GroupOrder
{
    /// <summary>The group numbers in order, from keys of <paramref name="width"/> texts each.</summary>
    internal static int[] Sort(Value[] keys, int width)
    {
        var numbers = new double[keys.Length];
        for (var i = 0; i < keys.Length; i++) numbers[i] = keys[i].TryNumber(out var number) ? number : double.NaN;
        var order = new int[width == 0 ? 0 : keys.Length / width];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (left, right) => Compare(keys, numbers, left * width, right * width, width));
        return order;
    }

    static int Compare(Value[] keys, double[] numbers, int left, int right, int width)
    {
        for (var i = 0; i < width; i++)
        {
            var (x, y) = (numbers[left + i], numbers[right + i]);
            if (double.IsNaN(x) != double.IsNaN(y)) return double.IsNaN(x) ? 1 : -1;
            var order = double.IsNaN(x) ? 0 : x.CompareTo(y);
            if (order == 0) order = keys[left + i].Utf8.SequenceCompareTo(keys[right + i].Utf8);
            if (order != 0) return order;
        }
        return 0;
    }
}
