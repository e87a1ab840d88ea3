namespace Karst.Catalog.Model;

/// <summary>A test of a rule: its data, what it expects, and its last result where results were given.</summary>
public sealed record TestEntry(string Name, IReadOnlyList<TestDataRow> Data)
{
    /// <summary>Why it has to be run by hand; null when it has not.</summary>
    public string? Manual { get; init; }

    /// <summary>What it expects beyond a row: `2 rows`, `no row`; null when it does not say.</summary>
    public string? Expected { get; init; }

    /// <summary>The last result; null when none was given.</summary>
    public TestResultRow? Last { get; init; }

    /// <summary>The last result says that it ran and passed.</summary>
    public bool IsProven => Last is { State: "PASS" };
}

/// <summary>Attack data: an address or a path, and its metadata.</summary>
public sealed record TestDataRow(string Data, string Sourcetype, string Source);

/// <summary>A line of `karst test --json`: PASS, FAIL, ERROR, UNSUPPORTED or SKIP; rows, milliseconds, the reason.</summary>
public sealed record TestResultRow(string State, long Rows, double Milliseconds, string Reason);
