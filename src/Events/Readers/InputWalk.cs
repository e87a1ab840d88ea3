using System.IO.Compression;

namespace Karst.Events;

/// <summary>Walks files, folders and archives in ordinal order; never follows a link in a circle, never opens a pipe or device within a folder.</summary>
sealed class InputWalk(Action<InputProblem> problem)
{
    const int MaxDepth = 100;

    readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public IEnumerable<InputFile> Walk(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            if (path == "-") yield return new InputFile("-", "stdin");
            else if (Directory.Exists(path))
            {
                _seen.Clear();
                foreach (var file in Folder(path)) yield return file;
            }
            else if (File.Exists(path))
            {
                foreach (var file in FileOrArchive(path)) yield return file;
            }
            else Report("not-found", path, "there is no such file or folder");
        }
    }

    IEnumerable<InputFile> Folder(string root)
    {
        var waiting = new Stack<(string Path, int Depth)>();
        waiting.Push((root, 0));
        while (waiting.TryPop(out var next))
        {
            if (!Directory.Exists(next.Path))
            {
                foreach (var file in InFolder(next.Path)) yield return file;
                continue;
            }
            foreach (var child in Children(next.Path, next.Depth)) waiting.Push((child, next.Depth + 1));
        }
    }

    IEnumerable<InputFile> InFolder(string path)
    {
        if (!File.Exists(path) || LeadsNowhere(path))
        {
            Report("not-found", path, "it vanished, or is a link to nothing");
            return [];
        }
        if (FileType.IsSpecial(path))
        {
            Report("special-file", path, "pipes, sockets and devices within a folder are not read");
            return [];
        }
        return FileOrArchive(path);
    }

    // A link to nothing counts as a file that exists.
    static bool LeadsNowhere(string path)
    {
        try
        {
            return new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true };
        }
        catch (IOException)
        {
            return true;
        }
    }

    // In descending order, because the last pushed comes first.
    string[] Children(string folder, int depth)
    {
        try
        {
            var real = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
            if (!_seen.Add(real) || depth > MaxDepth)
            {
                Report("link-loop", folder, "the folder was read already, by another link to it");
                return [];
            }
            var children = Directory.GetFileSystemEntries(folder);
            Array.Sort(children, static (left, right) => string.CompareOrdinal(right, left));
            return children;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Report("unreadable", folder, failure.Message);
            return [];
        }
    }

    IEnumerable<InputFile> FileOrArchive(string path)
    {
        if (!IsZip(path)) return [new InputFile(path, path)];
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return Entries(path, archive);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            Report("bad-zip", path, failure.Message);
            return [];
        }
    }

    List<InputFile> Entries(string path, ZipArchive archive)
    {
        var files = new List<InputFile>();
        for (var index = 0; index < archive.Entries.Count; index++)
        {
            var entry = archive.Entries[index];
            if (entry.FullName.EndsWith('/') || entry.Length == 0) continue;
            var display = path + ":" + entry.FullName;
            if (entry.IsEncrypted) Report("encrypted-zip", display, "the entry is encrypted");
            else files.Add(new InputFile(path, display) { Entry = index });
        }
        files.Sort(static (left, right) => string.CompareOrdinal(left.Display, right.Display));
        return files;
    }

    // What cannot be opened here is reported when it is opened to be read.
    static bool IsZip(string path)
    {
        if (FileType.IsSpecial(path)) return false;
        try
        {
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[4];
            return RandomAccess.Read(handle, head, 0) == 4 && Magic.IsZip(head);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return false;
        }
    }

    void Report(string kind, string path, string message) =>
        problem(new InputProblem(kind, path, message, 0) { Fatal = kind is not ("special-file" or "link-loop") });
}
