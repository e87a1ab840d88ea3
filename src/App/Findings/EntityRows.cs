using Karst.Detection;
using Karst.Events;

namespace Karst.App.Findings;

/// <summary>Entities and their risk as rows, for JSON lines and CSV. Rules, techniques and tactics are multivalues.</summary>
static class EntityRows
{
    /// <summary>A row an entity.</summary>
    public static Batch Of(IReadOnlyList<EntityRisk> entities)
    {
        var rows = new RowBuilder();
        foreach (var entity in entities)
        {
            rows.Set("entity_type", Value.FromText(entity.Type));
            rows.Set("entity", Value.FromText(entity.Value));
            rows.Set("score", Value.FromNumber(entity.Score));
            rows.Set("findings", Value.FromNumber(entity.Findings));
            rows.Set("first", Value.FromNumber(entity.First));
            rows.Set("last", Value.FromNumber(entity.Last));
            rows.Set("rules", FindingRows.Many(entity.Rules.Select(static rule => rule.Rule)));
            rows.Set("mitre", FindingRows.Many(entity.Techniques));
            rows.Set("tactics", FindingRows.Many(entity.Tactics));
            rows.Next();
        }
        return rows.Take();
    }
}
