namespace Karst.Engine.Knowledge;

/// <summary>How the column of a lookup is compared: MATCH_TYPE.</summary>
public enum LookupMatch { Exact, Wildcard, Cidr }

/// <summary>What says how a lookup is read and matched: a stanza of transforms.conf, a rule collection's YAML, or nothing but a file name.</summary>
public sealed record LookupDefinition(string Name)
{
    /// <summary>The file name of the table: `users.csv`.</summary>
    public string? FileName { get; init; }

    /// <summary>Where the file lies, when that is known; else it is sought by <see cref="FileName"/> in all folders.</summary>
    public string? FilePath { get; init; }

    /// <summary>A KV store collection, which has no file.</summary>
    public string? Collection { get; init; }

    /// <summary>The function that takes the place of a table; null for tables.</summary>
    public Lookups.ComputedLookup? Computed { get; init; }

    /// <summary>Why the lookup cannot be used (a script, a model); null when it can.</summary>
    public string? Unsupported { get; init; }

    /// <summary>Texts are compared with case; Splunk's default.</summary>
    public bool CaseSensitive { get; init; } = true;

    /// <summary>Columns that are not compared exactly.</summary>
    public IReadOnlyDictionary<string, LookupMatch> MatchTypes { get; init; } = new Dictionary<string, LookupMatch>();

    /// <summary>With fewer matches, <see cref="DefaultMatch"/> fills up.</summary>
    public int MinMatches { get; init; }

    /// <summary>How many matching rows count; Splunk's default for a lookup without times is 1,000.</summary>
    public int MaxMatches { get; init; } = 1_000;

    /// <summary>The value of every output field when there are too few matches.</summary>
    public string DefaultMatch { get; init; } = "";

    /// <summary>The column with the times of the rows, for a lookup that is matched by time; null for others.</summary>
    public string? TimeField { get; init; }

    /// <summary>How <see cref="TimeField"/> is written; null is seconds since 1970.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>How many seconds the event must at least be later than the row.</summary>
    public double LeastOffset { get; init; }

    /// <summary>How many seconds the event may at most be later than the row; Splunk's default.</summary>
    public double MostOffset { get; init; } = 2_000_000_000;

    /// <summary>The columns of a collection (fields_list), and a limit to those of a file.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Reads `WILDCARD(a), CIDR(b)`; names what it cannot read.</summary>
    public static IReadOnlyDictionary<string, LookupMatch> ParseMatchTypes(string text, out string? unknown)
    {
        unknown = null;
        var types = new Dictionary<string, LookupMatch>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var open = part.IndexOf('(', StringComparison.Ordinal);
            var field = open > 0 && part.EndsWith(')') ? part[(open + 1)..^1].Trim() : "";
            LookupMatch? match = open <= 0 ? null : part[..open].Trim().ToUpperInvariant() switch
            {
                "EXACT" => LookupMatch.Exact,
                "WILDCARD" => LookupMatch.Wildcard,
                "CIDR" => LookupMatch.Cidr,
                _ => null,
            };
            if (match is null || field.Length == 0) unknown = part;
            else types[field] = match.Value;
        }
        return types;
    }
}
