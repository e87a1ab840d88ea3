namespace Karst.App.Findings;

/// <summary>How bad a score is, in the words of Splunk's own severities.</summary>
static class RiskLevel
{
    static readonly (string Name, int From)[] s_all = [("informational", 0), ("low", 20), ("medium", 40), ("high", 60), ("critical", 80)];

    /// <summary>The names, the mildest first.</summary>
    public static IEnumerable<string> Names => s_all.Select(static level => level.Name);

    /// <summary>The level of a score.</summary>
    public static string Of(double score) => s_all.Last(level => score >= level.From || level.From == 0).Name;

    /// <summary>The least score of a level; null when there is none of that name.</summary>
    public static int? LeastScore(string name)
    {
        foreach (var level in s_all)
            if (level.Name == name) return level.From;
        return null;
    }
}
