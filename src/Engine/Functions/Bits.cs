using Karst.Events;

namespace Karst.Engine.Functions;

/// <summary>Whole numbers as bits: 53 of them, as many as a number holds exactly.</summary>
static class Bits
{
    internal const long All = (1L << 53) - 1;

    /// <summary>Reads a whole number from 0 to 2^53 - 1.</summary>
    internal static bool TryRead(Value value, out long bits)
    {
        bits = 0;
        if (!value.TryNumber(out var number) || number < 0 || number > All || number != Math.Floor(number)) return false;
        bits = (long)number;
        return true;
    }
}
