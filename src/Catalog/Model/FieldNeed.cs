namespace Karst.Catalog.Model;

/// <summary>
/// A field that a search reads of events, under its own and its normalised name. <see cref="Origin"/>: `metadata`, `raw`, `extraction`, `alias`, `calculated`, `lookup`, `event_type`, `data_model`,
/// `unknown`; <see cref="From"/> says it in words.
/// </summary>
public sealed record FieldNeed(string Field, string Normalized, string Origin, string From)
{
    /// <summary>The field's page, when a rule tests the field.</summary>
    public string? Address { get; init; }
}
