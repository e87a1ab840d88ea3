namespace Karst.Units.App;

/// <summary>The page of which rules of the public collection bind is what `karst lint --reasons` prints.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void The_page_of_coverage_is_what_lint_prints()
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Reason);
        var (_, output, _) = Cli.Run("lint", Path.Combine(SharedData.Root!, "corpora", "escu-2024-10", "detections"), "--reasons");
        Assert.EndsWith(output, File.ReadAllText(Path.Combine(SharedData.Repository, "docs", "reference", "rules", "coverage.md")), StringComparison.Ordinal);
    }
}
