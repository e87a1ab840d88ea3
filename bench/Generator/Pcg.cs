namespace Karst.Generator;

/// <summary>A small random source (PCG-XSH-RR, 32 bits) that gives the same numbers on every machine for the same seed.</summary>
public sealed class Pcg
{
    const ulong Multiplier = 6364136223846793005;
    const ulong Increment = 1442695040888963407;
    ulong state;

    /// <summary>Starts the sequence that belongs to <paramref name="seed"/>.</summary>
    public Pcg(ulong seed)
    {
        state = seed + Increment;
        Next();
    }

    /// <summary>The next 32 random bits.</summary>
    public uint Next()
    {
        var old = state;
        state = unchecked(old * Multiplier + Increment);
        var shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>A number from 0 up to, not including, <paramref name="limit"/> (1 or more).</summary>
    public int Below(int limit) => (int)(((ulong)Next() * (uint)limit) >> 32);

    /// <summary>True in <paramref name="share"/> of 10,000 cases.</summary>
    public bool Chance(int share) => Below(10_000) < share;
}
