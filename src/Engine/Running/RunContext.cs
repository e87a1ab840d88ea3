using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>What one run of a plan shares: clock, zone, limits, cancellation, messages, and the way to run a subsearch.</summary>
public sealed class RunContext
{
    readonly Lock _lock = new();
    Random? _random;
    int _regexTimeouts;

    /// <summary>The start of the search in epoch seconds: what `now()` gives.</summary>
    public required double Now { get; init; }

    /// <summary>The moment by which events without a year are dated, in epoch seconds; null is <see cref="Now"/>. Runs of several moments over the same events date them alike.</summary>
    public double? ReadAt { get; init; }

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>The search's time window in epoch seconds: 0 and +infinity for all time. What addinfo and drill-downs see.</summary>
    public double Earliest { get; init; }

    /// <summary>See <see cref="Earliest"/>; exclusive.</summary>
    public double Latest { get; init; } = double.PositiveInfinity;

    /// <summary>How many rows a batch has at most.</summary>
    public int BatchSize { get; init; } = 4_096;

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Counts a text that took a regular expression too long; gives how many there are by now.</summary>
    internal int AddRegexTimeout() => Interlocked.Increment(ref _regexTimeouts);

    /// <summary>No more events come: what was counted so far is given out, also after a cancellation.</summary>
    internal bool IsFinishing { get; set; }

    /// <summary>Ends long work when the run was cancelled, as long as events still come.</summary>
    public void ThrowIfCancelled()
    {
        if (!IsFinishing) Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>What the user is told beside the rows: limits hit, values that could not be read.</summary>
    public RunMessages Messages { get; init; } = new();

    /// <summary>What `random()` gives next: 0 to 2147483647, the same series in every run with the same clock.</summary>
    public int NextRandom()
    {
        lock (_lock) return (_random ??= new Random(Now.GetHashCode())).Next();
    }

    /// <summary>Runs a bound subsearch and gives at most so many rows to a function. What is not set the runner sets: over the same source.</summary>
    public Action<Plan, int, Action<Batch>>? RunSubsearch { get; set; }

    /// <summary>All rows of a subsearch that will be asked for later, if they can be kept until then; null where they cannot, or it failed.</summary>
    internal Func<Plan, RowStore?>? PeekSubsearch { get; set; }

    /// <summary>What all searches hold that run side by side; null for a search of its own.</summary>
    internal MemoryPool? Pool { get; set; }

    /// <summary>A run with the same settings whose messages nobody is told, over the same source.</summary>
    internal RunContext Beside() => new()
    {
        Now = Now,
        ReadAt = ReadAt,
        Zone = Zone,
        Limits = Limits,
        Earliest = Earliest,
        Latest = Latest,
        BatchSize = BatchSize,
        Cancellation = Cancellation,
        PeekSubsearch = PeekSubsearch,
    };

    /// <summary>The rows of a bound subsearch, at most so many.</summary>
    internal RowStore CollectSubsearch(Plan plan, int most)
    {
        var rows = new RowStore();
        RunSubsearch!(plan, most, rows.Add);
        return rows;
    }
}

/// <summary>Messages of a run, each counted by its code.</summary>
public sealed class RunMessages
{
    readonly Dictionary<string, (string Text, long Count)> _messages = new(StringComparer.Ordinal);
    readonly Lock _lock = new();

    /// <summary>Counts a message; the first text of a code is kept.</summary>
    public void Add(string code, string text)
    {
        lock (_lock)
            _messages[code] = _messages.TryGetValue(code, out var old) ? (old.Text, old.Count + 1) : (text, 1);
    }

    /// <summary>Code, text and count, by code.</summary>
    public IReadOnlyList<(string Code, string Text, long Count)> All
    {
        get
        {
            lock (_lock)
                return [.. _messages.OrderBy(message => message.Key, StringComparer.Ordinal).Select(message => (message.Key, message.Value.Text, message.Value.Count))];
        }
    }
}

/// <summary>Splunk refuses such a search while it runs: the run ends with this message (exit 3).</summary>
public sealed class SearchFailedException(string message) : Exception(message);
