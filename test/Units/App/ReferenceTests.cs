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

    static IEnumerable<string> Names(string table) => table switch
    {
        "commands" => CommandTable.All.Select(static command => command.Name),
        "functions" => FunctionTable.All.Select(static function => function.Name),
        "aggregates" => AggregateTable.All.Select(static aggregate => aggregate.Name),
        _ => Karst.App.VerbTable.All.Select(static verb => verb.Name),
    };

    static IEnumerable<string> Pages(string table)
    {
        var folder = Path.Combine(SharedData.Repository, "docs", "reference", table);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.md").Select(page => Path.GetFileNameWithoutExtension(page)) : [];
    }
}
