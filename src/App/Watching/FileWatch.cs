namespace Karst.App.Watching;

/// <summary>Watches files and folders, and calls back with what changed once things have been quiet for a moment after a change.</summary>
sealed class FileWatch : IDisposable
{
    // Editors write a file in several steps; a checkout writes thousands.
    static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(250);

    readonly List<FileSystemWatcher> _watchers = [];
    readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    readonly Action<IReadOnlySet<string>> _tell;
    readonly Timer _timer;

    /// <summary>
    /// Watches until it is disposed; a path that cannot be watched is an <see cref="IOException"/>. The callback gets the full paths of what changed; none when more changed than the system kept count of.
    /// </summary>
    public FileWatch(IEnumerable<string> paths, Action<IReadOnlySet<string>> changed)
    {
        _tell = changed;
        _timer = new Timer(_ => Tell());
        try
        {
            foreach (var path in paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)) Watch(path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _timer.Dispose();
    }

    void Watch(string path)
    {
        var isFolder = Directory.Exists(path);
        var watcher = new FileSystemWatcher(isFolder ? path : Path.GetDirectoryName(path)!)
        {
            IncludeSubdirectories = isFolder,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        if (!isFolder) watcher.Filter = Path.GetFileName(path);
        _watchers.Add(watcher);
        watcher.Changed += (_, change) => Note(change.FullPath);
        watcher.Created += (_, change) => Note(change.FullPath);
        watcher.Deleted += (_, change) => Note(change.FullPath);
        watcher.Renamed += (_, change) => Note(change.OldFullPath, change.FullPath);
        watcher.Error += (_, _) => Note("");
        watcher.EnableRaisingEvents = true;
    }

    void Note(params string[] paths)
    {
        lock (_changed) _changed.UnionWith(paths);
        try
        {
            _timer.Change(s_quiet, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // A last event while the watch ends.
        }
    }

    void Tell()
    {
        HashSet<string> changed;
        lock (_changed)
        {
            changed = _changed.Contains("") ? new(StringComparer.Ordinal) : new(_changed, StringComparer.Ordinal);
            _changed.Clear();
        }
        _tell(changed);
    }
}
