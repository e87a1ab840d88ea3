using Karst.Rules;

namespace Karst.Detection;

/// <summary>Where a test's data lies, or why it cannot be had.</summary>
public sealed record FoundData(string? Path, string? Missing);

/// <summary>Finds attack data: an address by its path from `datasets/` on, under the given folders or one below, packed (`.gz`) or not; a path from the rule's file.</summary>
public sealed class TestDataFinder(IReadOnlyList<string> folders)
{
    const string Datasets = "datasets/";
    const string Packed = ".gz";

    readonly Lazy<(List<string> Roots, Dictionary<string, string> Names)> _index = new(() => Index(folders));

    /// <summary>Finds the data. A file of the same name elsewhere is named in the reason, never taken.</summary>
    public FoundData Find(Rule rule, string data)
    {
        var path = Locate(rule, data);
        if (path is not null) return IsPointer(path) ? new FoundData(null, $"{path} is a Git LFS pointer; `git lfs pull` fetches the data") : new FoundData(path, null);
        var name = data[(data.LastIndexOf('/') + 1)..];
        var other = _index.Value.Names.TryGetValue(name, out var same) ? $"; {same} has the same name and may be other data" : "";
        return new FoundData(null, $"the data is not there: {data}{other}");
    }

    string? Locate(Rule rule, string data)
    {
        var isAddress = data.Contains("://", StringComparison.Ordinal);
        if (!isAddress)
        {
            var local = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(rule.Path)) ?? ".", data);
            if (File.Exists(local)) return local;
            foreach (var folder in folders)
                if (Inside(folder, data) is { } there) return there;
        }
        var start = data.IndexOf("/" + Datasets, StringComparison.Ordinal) is >= 0 and var at ? at + 1 : data.StartsWith(Datasets, StringComparison.Ordinal) ? 0 : -1;
        if (start < 0) return null;
        var relative = data[start..];
        foreach (var folder in folders)
            if (Inside(folder, relative) is { } there) return there;
        foreach (var root in _index.Value.Roots)
            if (Inside(root, relative) is { } there) return there;
        return null;
    }

    // Addresses come from files: one that climbs out of the folder is not followed.
    static string? Inside(string folder, string relative)
    {
        if (relative.Split('/').Contains("..") || Path.IsPathRooted(relative)) return null;
        var path = Path.Combine(folder, relative);
        if (File.Exists(path)) return path;
        if (File.Exists(path + Packed)) return path + Packed;
        return path.EndsWith(Packed, StringComparison.Ordinal) && File.Exists(path[..^Packed.Length]) ? path[..^Packed.Length] : null;
    }

    static bool IsPointer(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> start = stackalloc byte[42];
            return stream.Length < 1_024 && stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.SequenceEqual("version https://git-lfs.github.com/spec/v1"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static (List<string>, Dictionary<string, string>) Index(IReadOnlyList<string> folders)
    {
        var roots = new List<string>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var folder in folders.Where(Directory.Exists))
        {
            roots.AddRange(Directory.EnumerateDirectories(folder, "datasets", options).Select(found => Path.GetDirectoryName(found)!).Order(StringComparer.Ordinal));
            foreach (var file in Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal)) names.TryAdd(Path.GetFileName(file), file);
        }
        return (roots, names);
    }
}
