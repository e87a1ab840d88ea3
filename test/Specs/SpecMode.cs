namespace Karst.Specs;

/// <summary>One way to run a case; all must give the same.</summary>
sealed record SpecMode(bool Passes, int BatchSize, bool Shared)
{
    /// <summary>Every way.</summary>
    public static IReadOnlyList<SpecMode> All { get; } =
    [
        .. from passes in new[] { true, false }
           from size in new[] { 4_096, 7, 1 }
           from shared in new[] { false, true }
           select new SpecMode(passes, size, shared),
    ];

    public override string ToString() => $"passes {(Passes ? "on" : "off")}, batches of {BatchSize}, {(Shared ? "in a shared scan" : "alone")}";
}
