using Karst.Catalog.Building;

namespace Karst.Units.Catalog;

/// <summary>Names of folders from texts of rules.</summary>
public sealed class SlugsTests
{
    [Fact]
    public void Of_texts_with_one_name_the_most_frequent_has_it_plain_in_whatever_order_they_come()
    {
        string[] texts = ["process_name", "Process_Name", "process_name"];
        foreach (var order in (string[][])[texts, [.. texts.Reverse()], [texts[1], texts[0], texts[2]]])
        {
            var slugs = Slugs.Of(order);
            Assert.Equal("process_name", slugs["process_name"]);
            Assert.StartsWith("Process_Name-", slugs["Process_Name"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("C:\\windows")]
    [InlineData("nul.txt")]
    [InlineData("")]
    [InlineData("\u202Egnp.exe")]
    public void No_name_leaves_its_folder(string text)
    {
        var slug = Slugs.Of([text])[text];
        Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9_.-]*$", slug);
        Assert.NotEqual("nul", slug.Split('.')[0]);
    }
}
