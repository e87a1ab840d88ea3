using System.Text;
using System.Text.Unicode;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>One `name = value` of a .conf file, with its place.</summary>
public sealed record ConfSetting(string Name, string Value, string File, int Line)
{
    /// <summary>Splunk's Booleans: 1, t, true, y, yes, enabled, in any case.</summary>
    public bool IsTrue => Value.Trim().ToLowerInvariant() is "1" or "t" or "true" or "y" or "yes" or "enabled";
}

/// <summary>
/// One `[stanza]`: settings by name, in the order first seen. Names are case-sensitive, as Splunk has them. Its text is read when a setting is first asked for: of a large add-on a run needs few
/// stanzas. Safe for several threads once it is whole.
/// </summary>
public sealed class ConfStanza(string name, string file, int line)
{
    readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    readonly List<ConfSetting> _settings = [];
    readonly Lock _lock = new();
    List<ConfLines>? _unread;

    /// <summary>What stands between the brackets.</summary>
    public string Name { get; } = name;

    /// <summary>The file that opened it first.</summary>
    public string File { get; } = file;

    /// <summary>The line of its first head.</summary>
    public int Line { get; } = line;

    /// <summary>The settings in order.</summary>
    public IReadOnlyList<ConfSetting> Settings
    {
        get
        {
            Read();
            return _settings;
        }
    }

    /// <summary>Finds a setting; null when it is not set.</summary>
    public ConfSetting? Find(string setting)
    {
        Read();
        return _index.TryGetValue(setting, out var at) ? _settings[at] : null;
    }

    /// <summary>A setting's text, or null.</summary>
    public string? this[string setting] => Find(setting)?.Value;

    /// <summary>Adds a setting; the later one of a name holds.</summary>
    public void Set(ConfSetting setting)
    {
        Read();
        Put(setting);
    }

    /// <summary>Lays another stanza over this one.</summary>
    public void Lay(ConfStanza over)
    {
        lock (over._lock)
        {
            if (over._unread is { } lines && over._settings.Count == 0)
            {
                foreach (var part in lines) Add(part);
                return;
            }
        }
        foreach (var setting in over.Settings) Set(setting);
    }

    /// <summary>Adds lines of a file, to be read later.</summary>
    internal void Add(ConfLines lines)
    {
        lock (_lock) (_unread ??= []).Add(lines);
    }

    void Read()
    {
        if (Volatile.Read(ref _unread) is null) return;
        lock (_lock)
        {
            foreach (var lines in _unread ?? [])
                foreach (var setting in lines.Settings()) Put(setting);
            Volatile.Write(ref _unread, null);
        }
    }

    void Put(ConfSetting setting)
    {
        if (_index.TryGetValue(setting.Name, out var at)) _settings[at] = setting;
        else
        {
            _index[setting.Name] = _settings.Count;
            _settings.Add(setting);
        }
    }
}

/// <summary>A .conf file, or several laid over one another: stanzas in the order first seen.</summary>
public sealed class ConfFile
{
    readonly Dictionary<string, ConfStanza> _byName = new(StringComparer.Ordinal);
    readonly List<ConfStanza> _stanzas = [];

    /// <summary>The stanzas, `default` among them.</summary>
    public IReadOnlyList<ConfStanza> Stanzas => _stanzas;

    /// <summary>Finds a stanza by its name; null when there is none.</summary>
    public ConfStanza? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Lays another file over this one, setting by setting: what the other sets holds.</summary>
    public void Lay(ConfFile over)
    {
        foreach (var stanza in over._stanzas) Open(stanza.Name, stanza.File, stanza.Line).Lay(stanza);
    }

    /// <summary>Reads a file; what is neither stanza nor setting is a problem, and the rest is read.</summary>
    public static ConfFile Read(string path, KnowledgeProblems problems)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            if (Utf8.IsValid(bytes)) return Parse(Encoding.UTF8.GetString(bytes), path, problems);
            if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return Parse(File.ReadAllText(path), path, problems);
            problems.Add(path, 0, "is no UTF-8; it is read as Latin-1");
            return Parse(Encoding.Latin1.GetString(bytes), path, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(path, 0, error.Message);
            return new ConfFile();
        }
    }

    /// <summary>Parses the text of a file; <paramref name="path"/> is only for the places of settings.</summary>
    public static ConfFile Parse(string text, string path, KnowledgeProblems problems)
    {
        var file = new ConfFile();
        var stanza = default(ConfStanza);
        var reader = new ConfReader(text);
        var (start, startLine) = (reader.End, 1);
        while (reader.Next())
        {
            var line = reader.Line;
            if (line[0] == '[')
            {
                stanza?.Add(new ConfLines(text, path, start, reader.Start, startLine));
                (start, startLine) = (reader.End, reader.Number + 1);
                var end = line.LastIndexOf(']');
                if (end < 1)
                {
                    problems.Add(path, reader.Number, $"`{line}` opens a stanza that no `]` ends; its settings are left out");
                    // They belong to no stanza that is known, least of all to the one before.
                    stanza = new ConfStanza(line.ToString(), path, reader.Number);
                }
                else stanza = file.Open(line[1..end].ToString(), path, reader.Number);
                continue;
            }
            // Settings above the first stanza belong to [default].
            if (line.IndexOf('=') > 0 || (reader.SpansLines && reader.Whole().IndexOf('=', StringComparison.Ordinal) > 0)) stanza ??= file.Open("default", path, reader.Number);
            else problems.Add(path, reader.Number, $"`{Shorten(line.ToString())}` is neither a stanza nor `name = value`");
        }
        stanza?.Add(new ConfLines(text, path, start, text.Length, startLine));
        return file;
    }

    static string Shorten(string line) => line.Length <= 60 ? line : line[..57] + "...";

    ConfStanza Open(string name, string path, int line)
    {
        if (_byName.TryGetValue(name, out var stanza)) return stanza;
        stanza = new ConfStanza(name, path, line);
        _byName[name] = stanza;
        _stanzas.Add(stanza);
        return stanza;
    }
}
