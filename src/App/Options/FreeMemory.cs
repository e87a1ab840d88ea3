using System.Globalization;

namespace Karst.App.Options;

/// <summary>How much memory the machine, or the container that this runs in, has left.</summary>
static class FreeMemory
{
    const string Linux = "/proc/meminfo";

    /// <summary>Bytes; all that there is where the system does not say.</summary>
    public static long Bytes { get; } = Math.Min(Available() ?? long.MaxValue, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    // `MemAvailable:   16384256 kB`
    static long? Available()
    {
        try
        {
            if (!File.Exists(Linux)) return null;
            foreach (var line in File.ReadLines(Linux))
                if (line.StartsWith("MemAvailable:", StringComparison.Ordinal) && long.TryParse(line["MemAvailable:".Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var kilobytes))
                    return kilobytes * 1024;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What the system does not say is not known.
        }
        return null;
    }
}
