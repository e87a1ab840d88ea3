using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>An IPv4 or IPv6 network, or one address (a full prefix).</summary>
readonly record struct IpNetwork(UInt128 Bits, int Prefix, bool IsV6)
{
    /// <summary>Reads `10.0.0.0/8`, `2001:db8::/32` or a single address.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out IpNetwork network)
    {
        network = default;
        var slash = text.IndexOf((byte)'/');
        var prefixText = slash < 0 ? default : text[(slash + 1)..];
        if (!TryAddress(slash < 0 ? text : text[..slash], out var bits, out var isV6)) return false;
        var width = isV6 ? 128 : 32;
        var prefix = width;
        if (slash >= 0 && (!System.Buffers.Text.Utf8Parser.TryParse(prefixText, out prefix, out var used) || used != prefixText.Length)) return false;
        if (prefix < 0 || prefix > width) return false;
        network = new IpNetwork(Mask(bits, prefix, isV6), prefix, isV6);
        return true;
    }

    /// <summary>The address lies in this network.</summary>
    internal bool Contains(in IpNetwork address) => address.IsV6 == IsV6 && address.Prefix >= Prefix && Mask(address.Bits, Prefix, IsV6) == Bits;

    /// <summary>The network of so many bits around this one.</summary>
    internal IpNetwork Widen(int prefix) => new(Mask(Bits, prefix, IsV6), prefix, IsV6);

    static UInt128 Mask(UInt128 bits, int prefix, bool isV6)
    {
        var width = isV6 ? 128 : 32;
        if (prefix >= width) return bits;
        return prefix == 0 ? 0 : bits >> (width - prefix) << (width - prefix);
    }

    static bool TryAddress(ReadOnlySpan<byte> text, out UInt128 bits, out bool isV6)
    {
        bits = 0;
        isV6 = false;
        if (text.Length is < 2 or > 45) return false;
        Span<char> characters = stackalloc char[text.Length];
        if (!Encoding.UTF8.TryGetChars(text, characters, out var count)) return false;
        characters = characters[..count];
        isV6 = characters.Contains(':');
        // The platform also reads `10.1` and `0x7f.1` as addresses; four decimal parts are asked for here.
        if (!isV6 && characters.Count('.') != 3) return false;
        if (!IPAddress.TryParse(characters, out var address)) return false;
        Span<byte> octets = stackalloc byte[16];
        if (!address.TryWriteBytes(octets, out var length)) return false;
        isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        bits = length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt128BigEndian(octets);
        return true;
    }
}
