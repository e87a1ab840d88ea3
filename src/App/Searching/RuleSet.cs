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
    readonly IReadOnlyList<string> _apps;
    readonly KnowledgeProblems _problems;

    /// <summary>Loads rule files and folders, of each id one rule or all versions; a path that is not there is a <see cref="UsageException"/>.</summary>
    public RuleSet(IReadOnlyList<string> paths, IReadOnlyList<string> apps, KnowledgeProblems problems, bool allVersions = false)
    {
        foreach (var path in paths)
            if (!File.Exists(path) && !Directory.Exists(path)) throw new UsageException($"`{path}`: there is no such rule file or folder");
        _apps = apps;
        _problems = problems;
        var loaded = allVersions ? RuleFolder.LoadAll(paths) : RuleFolder.Load(paths);
        Rules = loaded.Rules;
        Listed = loaded.Listed;
        Diagnostics = loaded.Diagnostics;
        Shared = Content.Load(apps, problems);
    }

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
        if (EscuContent.Find(rule.Path) is not { } folder) return new RuleKnowledge(rule, Shared);
        var knowledge = _byFolder.GetOrAdd(folder, found => new Lazy<KnowledgeBase>(() => Content.Load(_apps, _problems, found))).Value;
        return new RuleKnowledge(rule, knowledge);
    }
}
