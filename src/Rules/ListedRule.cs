namespace Karst.Rules;

/// <summary>
/// A rule that can be shown and not read: one of another platform (`sigma`, `sentinel`, `panther`), or one of ours (`splunk`) that lacks what a rule needs. What its file does not say is empty.
/// </summary>
public sealed record ListedRule(string Path, string Platform, string Name, string Text)
{
    /// <summary>The rule's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it finds.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who wrote it.</summary>
    public string Author { get; init; } = "";

    /// <summary>How far it has come, in its platform's words.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it was written or changed last.</summary>
    public string Date { get; init; } = "";

    /// <summary>ATT&amp;CK technique ids.</summary>
    public IReadOnlyList<string> AttackIds { get; init; } = [];

    /// <summary>Addresses to read on.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}
