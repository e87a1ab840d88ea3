using Karst.Rules;

namespace Karst.Detection;

/// <summary>Judges a test's rows: as contentctl does, then by the test's own `expect:`. Null is a pass, else the reason.</summary>
public static class Judgement
{
    /// <summary>Why the rows fail the test; null when they pass.</summary>
    public static string? Of(Rule rule, RuleExpectation? expect, IReadOnlyList<ResultRow> rows)
    {
        if (expect is { None: true } or { Count: 0 })
            return rows.Count == 0 ? null : $"expected no row, got {rows.Count}";
        if (rows.Count == 0) return $"expected {(expect?.Count is { } wanted ? Rows(wanted) : "a row or more")}, got none";
        return OfRisk(rule, rows) ?? OfThreats(rule, rows) ?? (expect is null ? null : OfExpectation(expect, rows));
    }

    // Any row in which a risk object's field is missing, or is the text `null`, fails the test.
    static string? OfRisk(Rule rule, IReadOnlyList<ResultRow> rows)
    {
        foreach (var field in rule.Entities.Select(entity => entity.Field).Distinct(StringComparer.Ordinal))
            for (var i = 0; i < rows.Count; i++)
                if (IsMissing(rows[i], field)) return $"row {i + 1} of {rows.Count} has no value in `{field}`, which names an entity";
        return null;
    }

    // One row with all threat objects passes; else a field that no row has fails.
    static string? OfThreats(Rule rule, IReadOnlyList<ResultRow> rows)
    {
        var fields = rule.ThreatObjects.Select(threat => threat.Field).Distinct(StringComparer.Ordinal).ToList();
        if (rows.Any(row => !fields.Exists(field => IsMissing(row, field)))) return null;
        var missing = fields.Find(field => rows.All(row => IsMissing(row, field)));
        return missing is null ? null : $"no row has a value in `{missing}`, which is a threat object";
    }

    static string? OfExpectation(RuleExpectation expect, IReadOnlyList<ResultRow> rows)
    {
        if (expect.Count is { } count && count != rows.Count) return $"expected {Rows(count)}, got {rows.Count}";
        var left = rows.ToList();
        foreach (var wanted in expect.Rows)
        {
            var at = left.FindIndex(row => wanted.All(field => Equal(row[field.Key], field.Value)));
            if (at < 0) return $"no row has {string.Join(", ", wanted.Select(field => $"{field.Key}={string.Join('|', field.Value)}"))}";
            left.RemoveAt(at);
        }
        return null;
    }

    static bool Equal(Events.Value value, IReadOnlyList<string> wanted)
    {
        if (value.IsNull) return wanted.Count == 0;
        if (value.Count != wanted.Count) return false;
        for (var i = 0; i < value.Count; i++)
            if (value[i].ToString() != wanted[i]) return false;
        return true;
    }

    static bool IsMissing(ResultRow row, string field) => row[field] is var value && (value.IsNull || value.ToString() == "null");

    static string Rows(int count) => count == 1 ? "1 row" : $"{count} rows";
}
