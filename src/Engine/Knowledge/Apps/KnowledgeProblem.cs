namespace Karst.Engine.Knowledge.Apps;

/// <summary>Something in an app that cannot be honoured, with its place; the rest of the app goes on. Line 0 is the whole file.</summary>
public sealed record KnowledgeProblem(string File, int Line, string Message);

/// <summary>The problems found so far, each said once. Safe for several threads.</summary>
public sealed class KnowledgeProblems
{
    readonly List<KnowledgeProblem> _all = [];
    readonly HashSet<KnowledgeProblem> _seen = [];
    readonly Lock _lock = new();

    /// <summary>The problems in the order found.</summary>
    public IReadOnlyList<KnowledgeProblem> All
    {
        get { lock (_lock) return [.. _all]; }
    }

    /// <summary>Keeps a problem.</summary>
    public void Add(string file, int line, string message)
    {
        var problem = new KnowledgeProblem(file, line, message);
        lock (_lock)
            if (_seen.Add(problem)) _all.Add(problem);
    }

    /// <summary>Keeps a problem of a setting.</summary>
    public void Add(ConfSetting setting, string message) => Add(setting.File, setting.Line, $"{setting.Name}: {message}");
}
