namespace Karst.Rules.Analysis;

/// <summary>An ATT&amp;CK technique under one tactic. A sub-technique's name is written `Parent: Name`; an id that the table lacks is its own name.</summary>
public sealed record AttackTechnique(string Tactic, string Id, string Name)
{
    /// <summary>`active`, `revoked`, `deprecated`; `unknown` when the table lacks the id.</summary>
    public string Status { get; init; } = "active";

    /// <summary>The id that took a revoked one's place; null for others.</summary>
    public string? Successor { get; init; }
}

/// <summary>A tactic, in the order in which the table has them.</summary>
public sealed record AttackTactic(string Id, string ShortName, string Name);

/// <summary>Names and tactics of ATT&amp;CK techniques, from the tab-separated tables techniques.tsv and tactics.tsv with heads.</summary>
public sealed class AttackTable
{
    readonly SortedDictionary<string, Row> _techniques = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _tactics = new(StringComparer.OrdinalIgnoreCase);
    readonly List<AttackTactic> _order = [];

    /// <summary>Reads the two tables.</summary>
    public AttackTable(TextReader techniques, TextReader tactics)
    {
        foreach (var row in TableRows.Read(tactics))
        {
            _tactics[row("id")] = row("name");
            _order.Add(new AttackTactic(row("id"), row("shortname"), row("name")));
        }
        foreach (var row in TableRows.Read(techniques))
        {
            // `revoked->T1560` names the successor.
            var status = row("status").Split("->");
            _techniques[row("id")] = new Row(row("id"), row("name"), row("tactic_ids").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), status[0], status.Length > 1 ? status[1] : null);
        }
    }

    /// <summary>Tables without rows.</summary>
    public static AttackTable Empty { get; } = new(TextReader.Null, TextReader.Null);

    /// <summary>Reads `attack/` of a content folder; empty when it is not there.</summary>
    public static AttackTable ReadFolder(string content)
    {
        var folder = Path.Combine(content, "attack");
        if (!File.Exists(Path.Combine(folder, "techniques.tsv"))) return Empty;
        using var techniques = File.OpenText(Path.Combine(folder, "techniques.tsv"));
        using var tactics = File.OpenText(Path.Combine(folder, "tactics.tsv"));
        return new AttackTable(techniques, tactics);
    }

    /// <summary>The tactics in ATT&amp;CK's order.</summary>
    public IReadOnlyList<AttackTactic> Tactics => _order;

    /// <summary>One row a tactic that the technique serves.</summary>
    public IReadOnlyList<AttackTechnique> Find(string id)
    {
        if (!_techniques.TryGetValue(id, out var technique)) return [new AttackTechnique("", id, id) { Status = "unknown" }];
        var dot = technique.Id.IndexOf('.', StringComparison.Ordinal);
        var name = dot > 0 && _techniques.TryGetValue(technique.Id[..dot], out var parent) ? $"{parent.Name}: {technique.Name}" : technique.Name;
        string[] tactics = technique.Tactics.Length == 0 ? [""] : technique.Tactics;
        return
        [
            .. tactics.Select(tactic => new AttackTechnique(_tactics.GetValueOrDefault(tactic, tactic), technique.Id, name)
            {
                Status = technique.Status,
                Successor = technique.Successor,
            }),
        ];
    }

    /// <summary>The tactics that any of the techniques serves, in ATT&amp;CK's order.</summary>
    public IReadOnlyList<AttackTactic> TacticsOf(IEnumerable<string> techniques)
    {
        var ids = techniques.SelectMany(id => _techniques.TryGetValue(id, out var row) ? row.Tactics : []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. _order.Where(tactic => ids.Contains(tactic.Id))];
    }

    /// <summary>The active techniques of a tactic by id; sub-techniques stand behind theirs, by their own short names.</summary>
    public IEnumerable<AttackTechnique> Under(AttackTactic tactic) =>
        _techniques.Values.Where(row => row.Status == "active" && row.Tactics.Contains(tactic.Id)).Select(row => new AttackTechnique(tactic.Name, row.Id, row.Name));

    sealed record Row(string Id, string Name, string[] Tactics, string Status, string? Successor);
}
