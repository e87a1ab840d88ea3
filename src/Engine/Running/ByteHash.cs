using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Karst.Engine.Running;

/// <summary>A fast hash of bytes with a seed of its own in every process, for tables that live in memory only.</summary>
static class ByteHash
{
    const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    static readonly ulong s_seed = (ulong)Random.Shared.NextInt64();

    /// <summary>The hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = s_seed ^ ((ulong)bytes.Length * Factor);
        while (bytes.Length >= 8)
        {
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Factor, 29);
            bytes = bytes[8..];
        }
        var rest = 0UL;
        for (var i = 0; i < bytes.Length; i++) rest |= (ulong)bytes[i] << (8 * i);
        hash = (hash ^ rest) * Factor;
        hash ^= hash >> 32;
        hash *= Factor;
        return (uint)(hash >> 32);
    }
}
