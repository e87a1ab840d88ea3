namespace Karst.App.Serving;

/// <summary>Watches rule files and folders, and calls back once things have been quiet for a moment after a change.</summary>
sealed class SiteWatch : IDisposable
{
    // Editors write a file in several steps; a checkout writes thousands.
    static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(250);

    readonly List<FileSystemWatcher> _watchers = [];
    readonly Timer _timer;

    /// <summary>Watches until it is disposed; a path that cannot be watched is an <see cref="IOException"/>.</summary>
    public SiteWatch(IEnumerable<string> paths, Action changed)
    {
        _timer = new Timer(_ => changed());
        try
        {
            foreach (var path in paths.Distinct(StringComparer.Ordinal)) Watch(path);
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
        var watcher = new FileSystemWatcher(isFolder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!)
        {
            IncludeSubdirectories = isFolder,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        if (!isFolder) watcher.Filter = Path.GetFileName(path);
        _watchers.Add(watcher);
        watcher.Changed += Note;
        watcher.Created += Note;
        watcher.Deleted += Note;
        watcher.Renamed += Note;
        // More changes than the system kept count of: whatever they were, something changed.
        watcher.Error += (_, _) => Start();
        watcher.EnableRaisingEvents = true;
    }

    void Note(object sender, FileSystemEventArgs change) => Start();

    void Start()
    {
        try
        {
            _timer.Change(s_quiet, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // A last event while the server ends.
        }
    }
}
