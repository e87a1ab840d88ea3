using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Karst.Engine.Knowledge.Places;

/// <summary>A database of places by address, in the MaxMind DB format 2.0. A damaged file is told, whatever it holds: nothing is read outside of it.</summary>
public sealed class PlaceDatabase
{
    const long MostBytes = 1L << 30;
    const int MostMetadata = 128 * 1024;

    static readonly byte[] s_marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    readonly byte[] _bytes;
    readonly int _nodes;
    readonly int _recordBits;
    readonly bool _isVersion4;
    readonly PlaceData _data;

    /// <summary>Reads the file's bytes; throws <see cref="InvalidDataException"/> when they are no such database.</summary>
    public PlaceDatabase(byte[] bytes)
    {
        _bytes = bytes;
        var tail = Math.Max(0, bytes.Length - MostMetadata);
        var marker = bytes.AsSpan(tail).LastIndexOf(s_marker);
        if (marker < 0) throw new InvalidDataException("it is no MaxMind DB");
        var start = tail + marker + 14;
        if (new PlaceData(bytes, start, bytes.Length).Read(0) is not Dictionary<string, object> metadata) throw new InvalidDataException("its description is no map");
        var nodes = Number(metadata, "node_count");
        _recordBits = (int)Number(metadata, "record_size");
        _isVersion4 = Number(metadata, "ip_version") == 4;
        if (_recordBits is not (24 or 28 or 32)) throw new InvalidDataException("its records have a size that the format does not know");
        var tree = nodes * _recordBits / 4;
        if (tree + 16 > start) throw new InvalidDataException("it is shorter than its tree");
        _nodes = (int)nodes;
        _data = new PlaceData(bytes, (int)tree + 16, start - 14);
    }

    /// <summary>Reads a file; throws what file access throws, and <see cref="InvalidDataException"/>.</summary>
    public static PlaceDatabase Open(string path) =>
        new FileInfo(path).Length > MostBytes ? throw new InvalidDataException("it is larger than 1 GB") : new PlaceDatabase(File.ReadAllBytes(path));

    /// <summary>What is known of an address; null when nothing is.</summary>
    public Place? Find(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var is4 = address.AddressFamily == AddressFamily.InterNetwork;
        if (_isVersion4 && !is4) return null;
        Span<byte> bits = stackalloc byte[16];
        bits.Clear();
        // Addresses of version 4 lie beneath ::/96 of a tree for version 6.
        var length = _isVersion4 ? 4 : 16;
        address.TryWriteBytes(is4 && !_isVersion4 ? bits[12..] : bits, out _);
        long node = 0;
        for (var bit = 0; bit < length * 8 && node < _nodes; bit++) node = Child((int)node, (bits[bit / 8] >> (7 - (bit % 8))) & 1);
        if (node <= _nodes) return null;
        return _data.Read(node - _nodes - 16) is Dictionary<string, object> found ? new Place(found) : null;
    }

    long Child(int node, int side)
    {
        var at = _bytes.AsSpan((int)((long)node * _recordBits / 4), _recordBits / 4);
        return _recordBits switch
        {
            24 => (at[side * 3] << 16) | (at[(side * 3) + 1] << 8) | at[(side * 3) + 2],
            28 => side == 0
                ? ((at[3] & 0xF0) << 20) | (at[0] << 16) | (at[1] << 8) | at[2]
                : ((at[3] & 0x0F) << 24) | (at[4] << 16) | (at[5] << 8) | at[6],
            _ => BinaryPrimitives.ReadUInt32BigEndian(at[(side * 4)..]),
        };
    }

    static long Number(Dictionary<string, object> metadata, string name) =>
        metadata.GetValueOrDefault(name) is double number && number is >= 0 and < int.MaxValue ? (long)number : throw new InvalidDataException($"its description lacks `{name}`");
}
