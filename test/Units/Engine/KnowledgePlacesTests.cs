using System.Net;
using System.Text;
using Karst.Engine.Knowledge.Places;

namespace Karst.Units.Engine;

public sealed class KnowledgePlacesTests
{
    [Fact]
    public void An_address_is_found_by_its_bits()
    {
        var database = new PlaceDatabase(Sample());
        var place = database.Find(IPAddress.Parse("200.0.0.1"))!;
        Assert.Equal("Sevilla", place.Get("City", "es"));
        Assert.Equal("Seville", place.Get("City", "en"));
        Assert.Equal("", place.Get("City", "fr"));
        Assert.Equal("", place.Get("Region", "en"));
        Assert.Equal("37.38000", place.Get("lat", "en"));
        Assert.Equal("-5.98000", place.Get("lon", "en"));
        Assert.Null(database.Find(IPAddress.Parse("10.0.0.1")));
        Assert.Null(database.Find(IPAddress.Parse("2001:db8::1")));
    }

    [Fact]
    public void A_damaged_file_is_told()
    {
        var sample = Sample();
        Assert.Throws<InvalidDataException>(() => new PlaceDatabase([]));
        for (var at = 0; at < sample.Length; at++)
        {
            foreach (byte wrong in new byte[] { 0, 0x20, 0x7F, 0xE7, 0xFF })
            {
                var bytes = (byte[])sample.Clone();
                bytes[at] = wrong;
                try
                {
                    new PlaceDatabase(bytes).Find(IPAddress.Parse("200.0.0.1"))?.Get("City", "en");
                }
                catch (InvalidDataException)
                {
                }
            }
        }
    }

    // One node: addresses that begin with 0 are unknown, those that begin with 1 are in one city.
    static byte[] Sample()
    {
        var bytes = new List<byte> { 0, 0, 1, 0, 0, 17 };
        bytes.AddRange(new byte[16]);
        Map(bytes, 2);
        Text(bytes, "city");
        Map(bytes, 1);
        Text(bytes, "names");
        Map(bytes, 2);
        foreach (var text in new[] { "en", "Seville", "es", "Sevilla" }) Text(bytes, text);
        Text(bytes, "location");
        Map(bytes, 2);
        Text(bytes, "latitude");
        Double(bytes, 37.38);
        Text(bytes, "longitude");
        Double(bytes, -5.98);
        bytes.AddRange([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Map(bytes, 3);
        foreach (var (name, number) in new[] { ("node_count", (byte)1), ("record_size", (byte)24), ("ip_version", (byte)4) })
        {
            Text(bytes, name);
            bytes.AddRange([0xA1, number]);
        }
        return [.. bytes];
    }

    static void Map(List<byte> bytes, int size) => bytes.Add((byte)(0xE0 | size));

    static void Text(List<byte> bytes, string text)
    {
        bytes.Add((byte)(0x40 | text.Length));
        bytes.AddRange(Encoding.UTF8.GetBytes(text));
    }

    static void Double(List<byte> bytes, double number)
    {
        bytes.Add(0x68);
        bytes.AddRange(BitConverter.GetBytes(number).Reverse());
    }
}
