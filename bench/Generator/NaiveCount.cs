using System.Text.Json;

namespace Karst.Generator;

/// <summary>What anybody would write first to count events by three fields: the peer that a search is measured beside.</summary>
internal static class NaiveCount
{
    internal static void Run(string path, TextWriter output)
    {
        var counts = new Dictionary<(string?, string?, string?), int>();
        foreach (var line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var type = root.TryGetProperty("userIdentity", out var identity) && identity.TryGetProperty("type", out var found) ? found.GetString() : null;
            if (type is null) continue;
            var key = (root.GetProperty("eventSource").GetString(), root.GetProperty("eventName").GetString(), type);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        foreach (var ((source, name, type), count) in counts)
            output.WriteLine($"{{\"eventSource\":\"{source}\",\"eventName\":\"{name}\",\"userIdentity.type\":\"{type}\",\"count\":{count}}}");
    }
}
