namespace Karst.Units.App;

/// <summary>What the reference shows of the command line is what it prints, and no page of it is without something that runs.</summary>
public sealed class DocumentedRunsTests
{
    static string Reference => Path.Combine(SharedData.Repository, "docs", "reference");

    public static TheoryData<string> PagesWithRuns =>
        [.. Directory.EnumerateFiles(Reference, "*.md", SearchOption.AllDirectories).Where(DocumentedRun.HasBlock).Select(static page => Path.GetRelativePath(Reference, page)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(PagesWithRuns))]
    public void A_page_prints_what_it_shows(string page)
    {
        var differences = DocumentedRun.Read(Path.Combine(Reference, page)).Compare(Environment.GetEnvironmentVariable("SPEC_ACCEPT") == "1");
        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public void No_page_is_without_a_case_that_runs()
    {
        // These pages are made, and tests compare them whole.
        string[] made = ["rules/coverage.md", "supported.md"];
        Assert.Empty(Directory.EnumerateFiles(Reference, "*.md", SearchOption.AllDirectories)
            .Where(static page => !DocumentedRun.HasBlock(page) && !File.ReadLines(page).Any(static line => line is "```spec" or "````spec"))
            .Select(static page => Path.GetRelativePath(Reference, page).Replace('\\', '/'))
            .Except(made)
            .Order(StringComparer.Ordinal));
    }
}
