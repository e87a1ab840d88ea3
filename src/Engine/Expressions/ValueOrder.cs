using Karst.Events;

namespace Karst.Engine.Expressions;

/// <summary>How single values compare: as numbers when both are numbers (text that is wholly one counts), else as text by its UTF-8 bytes; case counts.</summary>
public static class ValueOrder
{
    /// <summary>The values are equal.</summary>
    public static bool AreEqual(Value left, Value right)
    {
        if (left.IsText && right.IsText)
        {
            var one = left.Utf8;
            var other = right.Utf8;
            if (one.SequenceEqual(other)) return true;
            if (NumberText.IsPlainWhole(one) && NumberText.IsPlainWhole(other)) return false;
            return left.TryNumber(out var a) && right.TryNumber(out var b) && a.Equals(b);
        }
        if (left.TryNumber(out var x))
        {
            if (right.TryNumber(out var y)) return x.Equals(y);
        }
        Span<byte> first = stackalloc byte[ScalarText.Scratch];
        Span<byte> second = stackalloc byte[ScalarText.Scratch];
        return ScalarText.Of(left, first).SequenceEqual(ScalarText.Of(right, second));
    }

    /// <summary>Negative when left comes first, 0 when equal, positive otherwise.</summary>
    public static int Compare(Value left, Value right)
    {
        if (left.TryNumber(out var x) && right.TryNumber(out var y)) return x.CompareTo(y);
        return CompareText(left, right);
    }

    /// <summary>Compares by bytes whatever the values are.</summary>
    public static int CompareText(Value left, Value right)
    {
        if (left.IsText && right.IsText) return left.Utf8.SequenceCompareTo(right.Utf8);
        Span<byte> first = stackalloc byte[ScalarText.Scratch];
        Span<byte> second = stackalloc byte[ScalarText.Scratch];
        return ScalarText.Of(left, first).SequenceCompareTo(ScalarText.Of(right, second));
    }

    /// <summary>The order of result rows: numbers by size come before text, text by bytes; absent last; several values one after another.</summary>
    public static int CompareForRows(Value left, Value right)
    {
        if (left.IsNull || right.IsNull) return left.IsNull.CompareTo(right.IsNull);
        var shared = Math.Min(left.Count, right.Count);
        for (var i = 0; i < shared; i++)
        {
            var order = CompareSingle(left[i], right[i]);
            if (order != 0) return order;
        }
        return left.Count.CompareTo(right.Count);
    }

    static int CompareSingle(Value left, Value right)
    {
        var leftIs = left.TryNumber(out var x);
        var rightIs = right.TryNumber(out var y);
        if (leftIs != rightIs) return leftIs ? -1 : 1;
        if (!leftIs) return CompareText(left, right);
        var order = x.CompareTo(y);
        return order != 0 ? order : CompareText(left, right);
    }
}
