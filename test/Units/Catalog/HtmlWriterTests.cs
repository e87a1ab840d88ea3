using System.Text;
using Karst.Catalog.Html.Writing;

namespace Karst.Units.Catalog;

/// <summary>The one way to HTML: whatever a rule says comes out as text.</summary>
public sealed class HtmlWriterTests
{
    static readonly Address s_page = new("rules/splunk/x/index.html");

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("\"'", "&quot;&#39;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("]]></title>", "]]&gt;&lt;/title&gt;")]
    [InlineData("naïve 日本 🙂", "naïve 日本 🙂")]
    [InlineData("line\nline\ttab", "line\nline\ttab")]
    public void Text_is_encoded(string text, string expected) => Assert.Equal(expected, Written(html => html.Text(text)));

    [Theory]
    [InlineData("a\u202Eb", "a<span class=\"invisible\">U+202E</span>b")]
    [InlineData("\u200B", "<span class=\"invisible\">U+200B</span>")]
    [InlineData("\0\u001B", "<span class=\"invisible\">U+0000</span><span class=\"invisible\">U+001B</span>")]
    [InlineData("\uFEFF", "<span class=\"invisible\">U+FEFF</span>")]
    [InlineData("\u2066x\u2069", "<span class=\"invisible\">U+2066</span>x<span class=\"invisible\">U+2069</span>")]
    [InlineData("\u00AD\u2028", "<span class=\"invisible\">U+00AD</span><span class=\"invisible\">U+2028</span>")]
    [InlineData("\U000E0041", "<span class=\"invisible\">U+E0041</span>")]
    [InlineData("\r", "<span class=\"invisible\">U+000D</span>")]
    public void What_cannot_be_seen_is_shown_by_its_number(string text, string expected) => Assert.Equal(expected, Written(html => html.Text(text)));

    [Fact]
    public void Half_a_surrogate_is_shown_by_its_number() =>
        Assert.Equal("a<span class=\"invisible\">U+D83D</span>", Written(html => html.Text("a" + '\uD83D')));

    [Fact]
    public void Attributes_are_encoded_and_show_what_cannot_be_seen() =>
        Assert.Equal("<p title=\"&quot; onclick=&quot;x&lt;[U+202E]\"></p>", Written(html => html.Element(Tag.P, Attr.Title("\" onclick=\"x<\u202E")).Dispose()));

    [Fact]
    public void A_title_is_encoded()
    {
        var html = Written(writer => writer.Head("</title><script>\u202E"));
        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;[U+202E]</title>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/a?b=c&d=e#f")]
    [InlineData("http://example.org")]
    [InlineData(" https://example.org ")]
    public void An_address_on_the_web_is_a_link(string text) => Assert.NotNull(WebLink.Parse(text));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,<script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//example.org")]
    [InlineData("/etc/passwd")]
    [InlineData("https://")]
    [InlineData("https://user:pass@example.org/")]
    [InlineData("mailto:a@example.org")]
    [InlineData("")]
    public void Whatever_else_a_rule_calls_a_link_is_none(string text) => Assert.Null(WebLink.Parse(text));

    [Fact]
    public void A_link_cannot_leave_its_attribute() =>
        Assert.DoesNotContain('"', WebLink.Parse("https://example.org/\"onmouseover=\"x<>")!.Value.Text);

    [Theory]
    [InlineData("index.html", "rules/splunk/x/index.html", "rules/splunk/x/index.html")]
    [InlineData("rules/splunk/x/index.html", "index.html", "../../../index.html")]
    [InlineData("rules/splunk/x/index.html", "rules/splunk/y/index.html", "../y/index.html")]
    [InlineData("rules/splunk/x/index.html", "rules/splunk/x/index.html", "index.html")]
    [InlineData("rules/splunk/x/index.html", "rules/splunk/xy/index.html", "../xy/index.html")]
    [InlineData("rules/index.html", "karst.css", "../karst.css")]
    public void Links_are_as_seen_from_the_page(string from, string to, string expected) =>
        Assert.Equal(expected, new Address(from).RelativeTo(new Address(to)));

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a b")]
    [InlineData("a\"b")]
    [InlineData("a?b")]
    [InlineData("javascript:x")]
    [InlineData("é")]
    public void An_address_cannot_leave_the_catalogue(string path) => Assert.Throws<ArgumentException>(() => new Address(path));

    [Fact]
    public void A_page_runs_and_styles_nothing_inline()
    {
        var policy = ContentPolicy.ForPages;
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    static string Written(Action<HtmlWriter> write)
    {
        var html = new HtmlWriter(s_page);
        write(html);
        return Encoding.UTF8.GetString(html.ToArray());
    }
}
