using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The order of groups: by each BY value in turn, numbers by size before text, text by its bytes.</summary>
static class GroupOrder
{
    /// <summary>The group numbers in order, from keys of <paramref name="width"/> texts each.</summary>
    internal static int[] Sort(Value[] keys, int width)
    {
        var numbers = Numbers(keys);
        var order = new int[width == 0 ? 0 : keys.Length / width];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (left, right) => Compare(keys, numbers, left * width, right * width, width));
        return order;
    }

    /// <summary>Compares two keys, each with what its values are as numbers (NaN for text).</summary>
    internal static int Compare((Value[] Values, double[] Numbers) keys, int left, (Value[] Values, double[] Numbers) others, int right)
    {
        var (x, y) = (keys.Numbers[left], others.Numbers[right]);
        if (double.IsNaN(x) != double.IsNaN(y)) return double.IsNaN(x) ? 1 : -1;
        var order = double.IsNaN(x) ? 0 : x.CompareTo(y);
        return order != 0 ? order : keys.Values[left].Utf8.SequenceCompareTo(others.Values[right].Utf8);
    }

    /// <summary>What values are as numbers; NaN for text.</summary>
    internal static double[] Numbers(Value[] keys) => Array.ConvertAll(keys, static key => key.TryNumber(out var number) ? number : double.NaN);

    static int Compare(Value[] keys, double[] numbers, int left, int right, int width)
    {
        for (var i = 0; i < width; i++)
            if (Compare((keys, numbers), left + i, (keys, numbers), right + i) is var order and not 0) return order;
        return 0;
    }
}
