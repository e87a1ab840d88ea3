using System.Text;
using Karst.Catalog.Html.Writing;

namespace Karst.Units.Catalog;

/// <summary>The Markdown of descriptions.</summary>
public sealed class MarkdownTests
{
    const string Out = "rel=\"noopener noreferrer external\"";

    [Theory]
    [InlineData("one\ntwo\n\nthree", "<p>one two</p><p>three</p>")]
    [InlineData("* a\n* b", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("text\n- a\n  more\n- b\n\nend", "<p>text</p><ul><li>a more</li><li>b</li></ul><p>end</p>")]
    [InlineData("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>")]
    [InlineData("run `cmd <x>` now", "<p>run <code>cmd &lt;x&gt;</code> now</p>")]
    [InlineData("**very** bad", "<p><strong>very</strong> bad</p>")]
    [InlineData("2 * 3 ** 4 ` [x] *", "<p>2 * 3 ** 4 ` [x] *</p>")]
    [InlineData("see https://example.org/a.", "<p>see <a href=\"https://example.org/a\" " + Out + ">https://example.org/a</a>.</p>")]
    [InlineData("see [this](https://example.org/)", "<p>see <a href=\"https://example.org/\" " + Out + ">this</a></p>")]
    [InlineData("[x](javascript:alert)", "<p>[x](javascript:alert)</p>")]
    [InlineData("<b>no</b> <img src=x onerror=y>", "<p>&lt;b&gt;no&lt;/b&gt; &lt;img src=x onerror=y&gt;</p>")]
    [InlineData("", "")]
    public void Becomes_elements_and_never_markup_of_its_own(string text, string expected) => Assert.Equal(expected, Written(text));

    [Fact]
    public void A_description_of_a_megabyte_is_cut_and_says_so()
    {
        var html = Written(new string('x', 1 << 20));
        Assert.True(html.Length < 25_000);
        Assert.Contains("The first 20,000 of 1,048,576 characters", html, StringComparison.Ordinal);
    }

    static string Written(string text)
    {
        var html = new HtmlWriter(default);
        Markdown.Write(html, text);
        return Encoding.UTF8.GetString(html.ToArray());
    }
}
