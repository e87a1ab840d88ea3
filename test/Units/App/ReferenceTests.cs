using Karst.Engine.Aggregates;
using Karst.Engine.Commands;
using Karst.Engine.Functions;

namespace Karst.Units.App;

/// <summary>The tables are the tables of contents of the docs: sorted, and each entry has its page.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> Tables => ["commands", "functions", "aggregates", "cli"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Each_entry_of_a_table_has_its_reference_page(string table) =>
        Assert.Empty(Names(table).Except(Pages(table)).ToArray());

    [Theory]
    [InlineData("commands")]
    [InlineData("functions")]
    [InlineData("aggregates")]
    public void Each_reference_page_belongs_to_an_entry(string table) =>
        Assert.Empty(Pages(table).Except(Names(table)).ToArray());

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_is_sorted_by_name(string table) => Assert.Equal(Names(table).Order(StringComparer.Ordinal), Names(table));

    [Theory]
    [InlineData("commands", 4)]
    [InlineData("functions", 2)]
    [InlineData("aggregates", 2)]
    public void Each_page_has_enough_running_cases(string table, int least) =>
        Assert.Empty(Pages(table).Where(page => Cases(Path.Combine(Reference, table, page + ".md")) < least).ToArray());

    [Fact]
    public void The_page_of_what_is_supported_is_made_from_the_tables() =>
        Assert.Equal(Karst.App.SupportedPage.Markdown(), File.ReadAllText(Path.Combine(Reference, "supported.md")));

    [Fact]
    public void Each_fact_that_is_easily_got_wrong_has_a_case()
    {
        var cited = Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "spec", "facts"), "*.md")
            .SelectMany(File.ReadLines)
            .Where(static line => line.StartsWith("## Fact ", StringComparison.Ordinal))
            .Select(static line => line["## Fact ".Length..line.IndexOf(':', StringComparison.Ordinal)]);
        // 52 is about findings, which no search shows: FindingTests has it.
        Assert.Equal(["52"], Enumerable.Range(1, 55).Select(static number => $"{number}").Except(cited));
    }

    static string Reference => Path.Combine(SharedData.Repository, "docs", "reference");

    static int Cases(string page) => File.ReadLines(page).Count(static line => line == "```spec");

    static IEnumerable<string> Names(string table) => table switch
    {
        "commands" => CommandTable.All.Select(static command => command.Name),
        "functions" => FunctionTable.All.Select(static function => function.Name),
        "aggregates" => AggregateTable.All.Select(static aggregate => aggregate.Name),
        _ => Karst.App.VerbTable.All.Select(static verb => verb.Name),
    };

    static IEnumerable<string> Pages(string table)
    {
        var folder = Path.Combine(Reference, table);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md").Select(page => Path.GetFileNameWithoutExtension(page)) : [];
    }
}
