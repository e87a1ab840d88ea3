namespace Karst.Rules;

/// <summary>Rules that were read, in a stable order, and what is wrong with the other files.</summary>
public sealed record LoadResult(IReadOnlyList<Rule> Rules, IReadOnlyList<RuleDiagnostic> Diagnostics);
