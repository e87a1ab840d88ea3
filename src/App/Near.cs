namespace Karst.App;

/// <summary>Finds what a mistyped name may have meant.</summary>
static class Near
{
    /// <summary>The candidate that the fewest changed letters separate, at most a third of the name; null when none is.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var least = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance >= least) continue;
            least = distance;
            best = candidate;
        }
        return best;
    }

    // Levenshtein's distance, a row at a time.
    static int Distance(string from, string to)
    {
        if (from.Length > 64 || to.Length > 64) return int.MaxValue;
        var row = new int[to.Length + 1];
        for (var column = 0; column <= to.Length; column++) row[column] = column;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
