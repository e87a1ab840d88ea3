using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>A file to search, with the metadata that is known of it; null is recognised.</summary>
public sealed record SearchInput(string Path, string? Sourcetype = null, string? Source = null, string? Host = null, string? Index = null);

/// <summary>A search's window in epoch seconds, the end exclusive; and the moment of the search (`now`).</summary>
public sealed record SearchWindow(double Earliest, double Latest, double Now)
{
    /// <summary>All time is 0 and +infinity.</summary>
    public static SearchWindow AllTime(double now) => new(0, double.PositiveInfinity, now);
}

/// <summary>Rows that went into and came out of a stage.</summary>
public sealed record StageRows(string Command, string Description, long In, long Out);

/// <summary>What came of a run: rows a stage, and the message with which it ended early, if it did.</summary>
public sealed record SearchOutcome(IReadOnlyList<StageRows> Stages, string? Failure = null)
{
    /// <summary>The time of the search's own stages.</summary>
    public double Milliseconds { get; init; }

    /// <summary>The index of the stage that dropped the last rows; -1 when none did.</summary>
    public int LostAt => Stages.ToList().FindIndex(static stage => stage is { In: > 0, Out: 0 });
}

/// <summary>A search that was bound, or what stood in the way. Spans of diagnostics point into the search as written.</summary>
public interface IPreparedSearch
{
    /// <summary>What is wrong, or worth a warning.</summary>
    IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>It is bound.</summary>
    bool CanRun { get; }

    /// <summary>Searches with the same one of these can share a pass over the same inputs; null shares with nobody.</summary>
    object? SharesWith => null;

    /// <summary>Runs it over files; rows hold only until the function returns, which says whether more are wanted. A null window is all time, the moment that just after the newest event.</summary>
    SearchOutcome Run(IReadOnlyList<SearchInput> inputs, SearchWindow? window, Func<Batch, bool> take, CancellationToken cancellation);

    /// <summary>Why the nearest row did not pass the stage of that index which dropped all rows; null when nothing can be said.</summary>
    string? NearestMiss(IReadOnlyList<SearchInput> inputs, SearchWindow? window, int stage, CancellationToken cancellation) => null;
}

/// <summary>What runs searches for rules: the seam between this room's judgement and the engine.</summary>
public interface ISearchEngine
{
    /// <summary>Binds a search with the knowledge that belongs to the rule's folder.</summary>
    IPreparedSearch Prepare(Rule rule, string search);

    /// <summary>Runs searches that share over the same files in one pass, over all time, the moment that just after the newest event; gives an outcome for each, in order.</summary>
    IReadOnlyList<SearchOutcome> RunTogether(IReadOnlyList<SharedSearch> searches, IReadOnlyList<SearchInput> inputs, CancellationToken cancellation) =>
        [.. searches.Select(search => search.Search.Run(inputs, null, search.Take, cancellation))];
}

/// <summary>A search of a pass, and who takes its rows; see <see cref="IPreparedSearch.Run"/>.</summary>
public sealed record SharedSearch(IPreparedSearch Search, Func<Batch, bool> Take);
