namespace Karst.Rules;

/// <summary>Rules that were read, in a stable order, and what is wrong with the other files.</summary>
public sealed record LoadResult(IReadOnlyList<Rule> Rules, IReadOnlyList<RuleDiagnostic> Diagnostics)
{
    /// <summary>Rules that can only be shown: of other platforms, or without what a rule needs.</summary>
    public IReadOnlyList<ListedRule> Listed { get; init; } = [];
}
