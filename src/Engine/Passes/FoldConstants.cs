using Karst.Engine.Plans;

namespace Karst.Engine.Passes;

/// <summary>Lets every stage compute the constant parts of its expressions once.</summary>
static class FoldConstants
{
    internal static Plan Apply(Plan plan) => new([.. plan.Stages.Select(stage => stage.Simplify())]);
}
