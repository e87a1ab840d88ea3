namespace Karst.App;

/// <summary>Which karst this is.</summary>
static class Version
{
    /// <summary>The version, `0.1.0`.</summary>
    public static string Text { get; } = typeof(Version).Assembly.GetName().Version?.ToString(3) ?? "0";
}
