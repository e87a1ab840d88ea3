using System.Collections.Concurrent;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>A Splunk app: `default/*.conf` with `local/*.conf` laid over it, and `lookups/`. Each file is read when it is first asked for.</summary>
public sealed class AppFolder : IContentFolder
{
    readonly ConcurrentDictionary<string, ConfFile> _files = new(StringComparer.Ordinal);
    readonly KnowledgeProblems _problems;

    /// <summary>The app in a folder that has `default/` or `local/`.</summary>
    public AppFolder(string path, KnowledgeProblems problems)
    {
        Path = path;
        _problems = problems;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <summary>The app's name: `id` of `[package]` in app.conf, else the folder's name.</summary>
    public string Name => Conf("app").Find("package")?["id"] ?? FolderName;

    /// <summary>The folder's own name, by which apps are ordered.</summary>
    public string FolderName => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));

    /// <summary>The add-ons that this app stands for, from `[karst] stands_for` in app.conf: it steps aside when one of them is brought.</summary>
    public IReadOnlyList<string> StandsFor =>
        Conf("app").Find("karst")?["stands_for"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The apps that a folder holds: the folder itself, or those right beneath it by name; none when it has neither.</summary>
    public static IReadOnlyList<AppFolder> Discover(string path, KnowledgeProblems problems)
    {
        if (IsApp(path)) return [new AppFolder(path, problems)];
        if (!Directory.Exists(path)) return [];
        return [.. Directory.GetDirectories(path).Where(IsApp).Order(StringComparer.Ordinal).Select(folder => new AppFolder(folder, problems))];
    }

    /// <summary>A .conf file by its name without the extension, local over default; empty when the app has none.</summary>
    public ConfFile Conf(string name) => _files.GetOrAdd(name, static (name, app) => app.Both(name), this);

    /// <summary>The .conf file of one layer, `default` or `local`; empty when it has none.</summary>
    public ConfFile Layer(string layer, string name) => _files.GetOrAdd(layer + "/" + name, static (key, app) => app.Read(key), this);

    /// <inheritdoc/>
    public Macro? FindMacro(string key) =>
        Conf("macros").Find(key) is { } stanza ? MacroStanza.Read(stanza, _problems) : null;

    /// <inheritdoc/>
    public LookupDefinition? FindLookup(string name)
    {
        if (Conf("transforms").Find(name) is { } stanza && LookupStanza.IsLookup(stanza))
        {
            var definition = LookupStanza.Read(stanza, _problems);
            return definition.FileName is { } file ? definition with { FilePath = FindLookupFile(file) } : definition;
        }
        return FindLookupFile(name) is { } path ? new LookupDefinition(name) { FileName = name, FilePath = path } : null;
    }

    /// <inheritdoc/>
    public string? FindLookupFile(string fileName)
    {
        // A lookup file is named without folders; anything else could leave the app.
        if (fileName != System.IO.Path.GetFileName(fileName) || !fileName.Contains('.', StringComparison.Ordinal)) return null;
        var path = System.IO.Path.Combine(Path, "lookups", fileName);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The first database of places (`lookups/*.mmdb`) by name; null when the app has none.</summary>
    public string? FindPlacesFile()
    {
        var folder = System.IO.Path.Combine(Path, "lookups");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.mmdb").Order(StringComparer.Ordinal).FirstOrDefault() : null;
    }

    /// <summary>The path of a data model's JSON; null when the app has none of that name.</summary>
    public string? FindModelFile(string model)
    {
        if (model != System.IO.Path.GetFileName(model)) return null;
        foreach (var layer in (ReadOnlySpan<string>)["local", "default"])
        {
            var path = System.IO.Path.Combine(Path, layer, "data", "models", model + ".json");
            if (File.Exists(path)) return path;
        }
        return null;
    }

    /// <summary>The names of the app's data models.</summary>
    public IEnumerable<string> ModelNames => ((string[])["local", "default"])
        .Select(layer => System.IO.Path.Combine(Path, layer, "data", "models"))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"))
        .Select(file => System.IO.Path.GetFileNameWithoutExtension(file));

    static bool IsApp(string path) =>
        Directory.Exists(System.IO.Path.Combine(path, "default")) || Directory.Exists(System.IO.Path.Combine(path, "local"));

    ConfFile Both(string name)
    {
        var file = new ConfFile();
        foreach (var layer in (ReadOnlySpan<string>)["default", "local"]) file.Lay(Layer(layer, name));
        return file;
    }

    ConfFile Read(string name)
    {
        var path = System.IO.Path.Combine(Path, name + ".conf");
        return File.Exists(path) ? ConfFile.Read(path, _problems) : new ConfFile();
    }
}
