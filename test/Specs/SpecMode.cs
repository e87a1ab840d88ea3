namespace Karst.Specs;

/// <summary>One way to run a case; all must give the same.</summary>
sealed record SpecMode(bool Passes, int BatchSize, bool Shared)
{
    /// <summary>How many threads scan raw events; small batches come with small blocks of the file and several threads.</summary>
    public int Threads => BatchSize switch { 1 => 3, 7 => 2, _ => 1 };

    /// <summary>How many bytes of a file are read at once.</summary>
    public int BlockBytes => BatchSize switch { 1 => 64, 7 => 300, _ => 1 << 20 };

    /// <summary>Every way.</summary>
    public static IReadOnlyList<SpecMode> All { get; } =
    [
        .. from passes in new[] { true, false }
           from size in new[] { 4_096, 7, 1 }
           from shared in new[] { false, true }
           select new SpecMode(passes, size, shared),
    ];

    public override string ToString() => $"passes {(Passes ? "on" : "off")}, batches of {BatchSize}, {Threads} thread(s), blocks of {BlockBytes} bytes, {(Shared ? "in a shared scan" : "alone")}";
}
