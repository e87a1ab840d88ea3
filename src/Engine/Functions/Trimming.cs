using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Takes characters off the ends of a text.</summary>
static class Trimming
{
    internal static Value Trim(ReadOnlySpan<Value> arguments, bool left, bool right)
    {
        if (arguments[0].Count != 1 || (arguments.Length > 1 && arguments[1].Count != 1)) return Value.Null;
        var characters = arguments.Length > 1 ? arguments[1].ToString() : " \t";
        var text = arguments[0].ToString();
        var start = 0;
        var end = text.Length;
        if (characters.Length == 0) return arguments[0];
        while (left && start < end && characters.Contains(text[start], StringComparison.Ordinal)) start++;
        while (right && end > start && characters.Contains(text[end - 1], StringComparison.Ordinal)) end--;
        return start == 0 && end == text.Length ? arguments[0] : Value.FromText(text[start..end]);
    }
}
