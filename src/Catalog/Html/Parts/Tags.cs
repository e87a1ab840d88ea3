using Karst.Catalog.Html.Writing;

namespace Karst.Catalog.Html.Parts;

/// <summary>Short words in frames.</summary>
static class Tags
{
    /// <summary>A word; with an address, a link.</summary>
    public static void Write(HtmlWriter html, string text, string? address = null, string tone = "")
    {
        using var item = html.Element(Tag.Li);
        Lists.Link(html, text, address, tone.Length == 0 ? "tag" : $"tag {tone}");
    }

    /// <summary>The tone of a rule's status.</summary>
    public static string ToneOf(string status) => status switch
    {
        "production" => "good",
        "deprecated" or "removed" => "bad",
        _ => "warn",
    };

    /// <summary>The tone of a test's state.</summary>
    public static string ToneOfState(string state) => state switch { "PASS" => "good", "FAIL" or "ERROR" => "bad", _ => "warn" };
}
