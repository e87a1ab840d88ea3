namespace Karst.Rules.Analysis;

/// <summary>An ATT&amp;CK technique under one tactic. A sub-technique's name is written `Parent: Name`; an id that the table lacks is its own name.</summary>
public sealed record AttackTechnique(string Tactic, string Id, string Name)
{
    /// <summary>`active`, `revoked`, `deprecated` as the table has it; `unknown` when it lacks the id.</summary>
    public string Status { get; init; } = "active";
}

/// <summary>Names and tactics of ATT&amp;CK techniques, from the tab-separated tables techniques.tsv and tactics.tsv with heads.</summary>
public sealed class AttackTable
{
    readonly Dictionary<string, (string Name, string[] Tactics, string Status)> _techniques = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> _tactics = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the two tables.</summary>
    public AttackTable(TextReader techniques, TextReader tactics)
    {
        foreach (var row in Rows(tactics)) _tactics[row("id")] = row("name");
        foreach (var row in Rows(techniques))
            _techniques[row("id")] = (row("name"), row("tactic_ids").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), row("status"));
    }

    /// <summary>One row a tactic that the technique serves.</summary>
    public IReadOnlyList<AttackTechnique> Find(string id)
    {
        if (!_techniques.TryGetValue(id, out var technique)) return [new AttackTechnique("", id, id) { Status = "unknown" }];
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        var name = dot > 0 && _techniques.TryGetValue(id[..dot], out var parent) ? $"{parent.Name}: {technique.Name}" : technique.Name;
        string[] tactics = technique.Tactics.Length == 0 ? [""] : technique.Tactics;
        return [.. tactics.Select(tactic => new AttackTechnique(_tactics.GetValueOrDefault(tactic, tactic), id, name) { Status = technique.Status })];
    }

    static IEnumerable<Func<string, string>> Rows(TextReader reader)
    {
        var head = (reader.ReadLine() ?? "").Split('\t');
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var cells = line.Split('\t');
            yield return name => Array.IndexOf(head, name) is >= 0 and var at && at < cells.Length ? cells[at].Trim() : "";
        }
    }
}
