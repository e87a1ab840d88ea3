using System.Buffers;
using System.Text;
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
        if (characters.Length == 0) return arguments[0];
        var start = 0;
        var end = text.Length;
        // By code point: half of a surrogate pair would match another character's half.
        while (left && start < end && Rune.DecodeFromUtf16(text.AsSpan(start, end - start), out var rune, out var used) == OperationStatus.Done && Has(characters, rune)) start += used;
        while (right && end > start && Rune.DecodeLastFromUtf16(text.AsSpan(start, end - start), out var rune, out var used) == OperationStatus.Done && Has(characters, rune)) end -= used;
        return start == 0 && end == text.Length ? arguments[0] : Value.FromText(text[start..end]);
    }

    static bool Has(string characters, Rune wanted)
    {
        foreach (var rune in characters.EnumerateRunes())
            if (rune == wanted) return true;
        return false;
    }
}
