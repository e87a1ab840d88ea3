namespace Karst.Events;

/// <summary>Counts problems by kind and keeps the first few of each as examples. Safe for several threads.</summary>
public sealed class ProblemLog
{
    const int DefaultExamples = 3;

    readonly Lock _lock = new();
    readonly SortedDictionary<string, Entry> _kinds = new(StringComparer.Ordinal);
    readonly int _examples;

    /// <summary>A log that keeps so many examples of each kind.</summary>
    public ProblemLog(int examples = DefaultExamples) => _examples = examples;

    /// <summary>A kind of problem: how often it came, whether any of them lost what followed, and the first ones.</summary>
    public sealed record Kind(string Name, long Count, bool Fatal, IReadOnlyList<InputProblem> Examples);

    /// <summary>How many problems came.</summary>
    public long Count
    {
        get
        {
            lock (_lock) return _kinds.Values.Sum(static entry => entry.Count);
        }
    }

    /// <summary>Input was lost: something could not be read at all.</summary>
    public bool AnyFatal
    {
        get
        {
            lock (_lock) return _kinds.Values.Any(static entry => entry.Fatal);
        }
    }

    /// <summary>Counts a problem.</summary>
    public void Add(InputProblem problem)
    {
        lock (_lock)
        {
            if (!_kinds.TryGetValue(problem.Kind, out var entry)) _kinds[problem.Kind] = entry = new Entry();
            entry.Count++;
            entry.Fatal |= problem.Fatal;
            if (entry.Examples.Count < _examples) entry.Examples.Add(problem);
        }
    }

    /// <summary>The kinds so far, by name.</summary>
    public IReadOnlyList<Kind> Kinds()
    {
        lock (_lock) return [.. _kinds.Select(static pair => new Kind(pair.Key, pair.Value.Count, pair.Value.Fatal, [.. pair.Value.Examples]))];
    }

    sealed class Entry
    {
        public readonly List<InputProblem> Examples = [];
        public long Count;
        public bool Fatal;
    }
}
