using System.Net;
using System.Net.Sockets;

namespace Karst.Engine.Expressions;

/// <summary>A block of IP addresses: `192.0.2.0/24`, `2001:db8::/32`, or one address. Bits behind the prefix may be set.</summary>
readonly struct CidrBlock
{
    readonly byte[] _bytes;
    readonly int _bits;

    CidrBlock(byte[] bytes, int bits)
    {
        _bytes = bytes;
        _bits = bits;
    }

    /// <summary>Reads a block.</summary>
    internal static bool TryParse(string text, out CidrBlock block)
    {
        block = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text.AsSpan(0, slash), out var address)) return false;
        var size = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var bits = size;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), out bits) || bits < 0 || bits > size)) return false;
        block = new CidrBlock(address.GetAddressBytes(), bits);
        return true;
    }

    /// <summary>The address, as text, lies in the block.</summary>
    internal bool Contains(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 2 or > 45 || !IPAddress.TryParse(text, out var address)) return false;
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var written) || written != _bytes.Length) return false;
        var whole = _bits / 8;
        if (!bytes[..whole].SequenceEqual(_bytes.AsSpan(0, whole))) return false;
        var rest = _bits % 8;
        return rest == 0 || ((bytes[whole] ^ _bytes[whole]) >> (8 - rest)) == 0;
    }
}
