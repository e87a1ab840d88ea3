using Karst.Engine.Plans;

namespace Karst.Engine.Passes;

/// <summary>A named rewriting of a plan. The result means the same; each can be switched off by name.</summary>
public sealed record Pass(string Name, string Summary, Func<Plan, Plan> Apply)
{
    /// <summary>Not an optimisation: it makes the plan right, and cannot be switched off.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>All passes, in the order in which they run.</summary>
public static class PassTable
{
    /// <summary>The passes.</summary>
    public static IReadOnlyList<Pass> All { get; } =
    [
        new("fold-constants", "Computes what is the same for every row once.", FoldConstants.Apply),
        new("lift-filters", "Moves filters before the stages whose results they do not read.", LiftFilters.Apply),
        new("filter-groups", "Leaves out groups early that a later filter drops.", FilterGroups.Apply),
        new("order-events", "Puts events newest first where the order counts.", OrderEvents.Apply) { IsRequired = true },
        new("prune-fields", "Asks the source for the fields that the plan reads, and no others.", PruneFields.Apply),
    ];
}
