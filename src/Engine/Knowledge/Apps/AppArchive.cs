using System.Formats.Tar;
using System.IO.Compression;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>
/// An app as it is downloaded: `.spl`, `.tgz` or `.tar.gz`. What Karst reads of it is unpacked into a temporary folder, which goes when the program ends. Names that
/// leave the folder, links and devices are passed over; an archive may not unpack to more than it is allowed.
/// </summary>
public static class AppArchive
{
    const long MostBytes = 512L << 20;
    const int MostFiles = 20_000;

    static readonly string[] s_endings = [".spl", ".tgz", ".tar.gz"];
    static readonly string[] s_folders = ["default", "local", "lookups"];

    /// <summary>The path is that of an app's archive.</summary>
    public static bool Is(string path) => File.Exists(path) && Array.Exists(s_endings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The folder with the apps of an archive; throws <see cref="InvalidDataException"/> and what file access throws.</summary>
    public static string Unpack(string path)
    {
        var folder = Directory.CreateTempSubdirectory("karst-app-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete(folder);
        try
        {
            using var file = File.OpenRead(path);
            using var bytes = new GZipStream(file, CompressionMode.Decompress);
            using var archive = new TarReader(bytes);
            var (count, total) = (0, 0L);
            while (archive.GetNextEntry() is { } entry)
            {
                if (++count > MostFiles || (total += entry.Length) > MostBytes) throw new InvalidDataException($"the archive has more than {MostFiles} files or {MostBytes >> 20} MB");
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || Target(folder, entry.Name) is not { } target) continue;
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                entry.ExtractToFile(target, overwrite: true);
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or EndOfStreamException)
        {
            throw new InvalidDataException($"`{path}` is no archive of an app, or damaged: {failure.Message}", failure);
        }
        return folder;
    }

    // `Splunk_TA_x/default/props.conf`: an app's folder, then one that is read.
    static string? Target(string folder, string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".").ToArray();
        if (parts.Length < 3 || parts.Contains("..") || Array.Exists(parts, static part => part.Contains('\\', StringComparison.Ordinal)) || !s_folders.Contains(parts[1])) return null;
        return Path.Combine([folder, .. parts]);
    }

    static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The system clears its temporary folder.
        }
    }
}
