namespace Karst.App.Findings;

/// <summary>A finding as a person reads it; equal ones differ in nothing but <see cref="Time"/>.</summary>
sealed record FindingLine(string Rule, string Kind, double Score, string Who, string What, string Where, string Techniques, double Time)
{
    /// <summary>What to do next about findings of this rule, one line each.</summary>
    public IReadOnlyList<string> Next { get; init; } = [];
}
