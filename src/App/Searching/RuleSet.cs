using System.Collections.Concurrent;
using Karst.Detection;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.App.Searching;

/// <summary>The rules of the command line, each with the knowledge of the collection that its file lies in, beneath what `--app` brings.</summary>
sealed class RuleSet
{
    readonly ConcurrentDictionary<string, Lazy<KnowledgeBase>> _byFolder = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _byApp = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string?> _collectionFolders = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, EscuContent> _collections = new(StringComparer.Ordinal);
    readonly IReadOnlyList<string> _apps;
    readonly KnowledgeProblems _problems;

    /// <summary>Loads rule files and folders, of each id one rule or all versions; a path that is not there is a <see cref="UsageException"/>.</summary>
    public RuleSet(IReadOnlyList<string> paths, IReadOnlyList<string> apps, KnowledgeProblems problems, bool allVersions = false)
    {
        foreach (var path in paths)
            if (!File.Exists(path) && !Directory.Exists(path)) throw new UsageException($"`{path}`: there is no such rule file or folder");
        _apps = apps;
        _problems = problems;
        var diagnostics = new List<RuleDiagnostic>();
        var (saved, files) = FromApps(paths, diagnostics);
        var loaded = allVersions ? RuleFolder.LoadAll(files) : RuleFolder.Load(files);
        Rules = [.. loaded.Rules, .. saved];
        Listed = loaded.Listed;
        Diagnostics = [.. loaded.Diagnostics, .. diagnostics];
        Shared = Content.Load(apps, problems);
    }

    /// <summary>What the public collection has for all its detections: hourly, from 70 to 10 minutes before the run.</summary>
    public static RuleSchedule CommonSchedule { get; } = new("0 * * * *", "-70m@m", "-10m@m");

    /// <summary>The rules, in the order of their paths.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>Rules that can only be shown.</summary>
    public IReadOnlyList<ListedRule> Listed { get; }

    /// <summary>What is wrong with rule files.</summary>
    public IReadOnlyList<RuleDiagnostic> Diagnostics { get; }

    /// <summary>What all rules share: karst's own content and `--app`.</summary>
    public KnowledgeBase Shared { get; }

    /// <summary>What a rule's search is bound with. Safe for several threads.</summary>
    public IKnowledge KnowledgeOf(Rule rule)
    {
        if (_byApp.TryGetValue(rule.Path, out var app)) return new RuleKnowledge(rule, _byFolder.GetOrAdd(app, found => new Lazy<KnowledgeBase>(() => Content.Load([found, .. _apps], _problems))).Value);
        if (FolderOf(rule) is not { } folder) return new RuleKnowledge(rule, Shared);
        var knowledge = _byFolder.GetOrAdd(folder, found => new Lazy<KnowledgeBase>(() => Content.Load(_apps, _problems, found))).Value;
        return new RuleKnowledge(rule, knowledge);
    }

    /// <summary>The knowledge beneath a rule, with a place for what searches write.</summary>
    public IKnowledge KnowledgeWith(Rule rule, LookupStore store) => Content.Load(_apps, _problems, FolderOf(rule), store);

    /// <summary>When a rule is run, as its file says or its collection; null when neither does.</summary>
    public RuleSchedule? ScheduleOf(Rule rule) => CollectionOf(rule) is { } collection ? collection.ScheduleOf(rule) : rule.Schedule;

    /// <summary>The collection that a rule's file lies in; null when it lies in none.</summary>
    public EscuContent? CollectionOf(Rule rule) => FolderOf(rule) is { } folder ? _collections.GetOrAdd(folder, static found => new EscuContent(found)) : null;

    // The rules of one folder lie in one collection.
    string? FolderOf(Rule rule) => _collectionFolders.GetOrAdd(Path.GetDirectoryName(rule.Path) ?? "", static (_, path) => EscuContent.Find(path), rule.Path);

    // An app, a folder of apps, an archive of one, or its savedsearches.conf gives the alerts that stand there; the rest are files and folders of rules.
    (List<Rule> Rules, List<string> Files) FromApps(IReadOnlyList<string> paths, List<RuleDiagnostic> diagnostics)
    {
        var rules = new List<Rule>();
        var files = new List<string>();
        foreach (var path in paths)
        {
            var isSettings = Path.GetFileName(path).Equals("savedsearches.conf", StringComparison.OrdinalIgnoreCase) && File.Exists(path);
            if (!isSettings && !AppArchive.Is(path)) files.Add(path);
            if (EscuContent.Is(path)) continue;
            // An app's settings lie in its `default` or `local`.
            var folder = isSettings ? Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path)))! : path;
            foreach (var app in Content.Apps(folder, _problems))
                foreach (var rule in new SavedSearchRules(app, diagnostics).Read())
                {
                    rules.Add(rule);
                    _byApp[rule.Path] = app.Path;
                }
        }
        return (rules, files);
    }
}
