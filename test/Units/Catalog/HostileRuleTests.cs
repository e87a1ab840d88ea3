using System.Text.RegularExpressions;

namespace Karst.Units.Catalog;

/// <summary>Rules that mean harm: whatever stands in them comes out as text, on every page.</summary>
public sealed partial class HostileRuleTests : IDisposable
{
    const string Attack = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\\u202Eevil\\u200B";

    readonly string _folder = Directory.CreateTempSubdirectory("karst-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Markup_in_every_field_comes_out_as_text()
    {
        var site = Site("all.yml", Rule(Attack));
        foreach (var page in site.Pages)
        {
            var html = site.Text(page);
            Assert.True(Regex.Count(html, "<script") == 1, page);
            Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
            Assert.Empty(Handler().Matches(Value().Replace(html, "=x")));
            Assert.DoesNotContain('\u202E', html);
            Assert.DoesNotContain('\u200B', html);
        }
        Assert.Contains("U+202E", site.Text(site.Pages.Single(page => page.StartsWith("rules/splunk/", StringComparison.Ordinal) && page.Count(character => character == '/') == 3)), StringComparison.Ordinal);
        var index = site.Text("search-index.js");
        Assert.DoesNotContain("</script", index, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', index);
        Assert.DoesNotContain("\\u202E", index, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html;base64,x")]
    [InlineData("\\x01javascript:alert(1)")]
    [InlineData("vbscript:x")]
    public void Only_addresses_on_the_web_become_links(string link)
    {
        var site = Site("link.yml", Rule(link));
        foreach (var page in site.Pages)
            foreach (Match match in Link().Matches(site.Text(page)))
                Assert.Matches("^(https?://|#|(\\.\\./)*[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$)", match.Groups[1].Value);
    }

    [Fact]
    public void A_name_cannot_leave_the_folder()
    {
        var site = Site("path.yml", Rule("../../../etc/passwd"));
        Assert.All(site.Files.Keys, path => Assert.Matches("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", path));
        Assert.All(site.Files.Keys, path => Assert.DoesNotContain("..", path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("| where (x=1", "SPL")]
    [InlineData("", "rule")]
    [InlineData("`loop`", "macro")]
    public void A_rule_that_does_not_parse_has_its_page_with_what_is_wrong_in_place(string search, string about)
    {
        var site = Site("bad.yml", Rule("plain").Replace("search: x", $"search: '{search}'", StringComparison.Ordinal));
        var page = site.Pages.Where(path => path.StartsWith("rules/splunk/", StringComparison.Ordinal)).ToList();
        Assert.True(page.Count > 0 || site.Text("problems/index.html").Contains("error[", StringComparison.Ordinal), about);
        if (page.Count > 0 && search.Length > 0) Assert.Contains("class=\"diagnostic\"", site.Text(page[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_of_a_megabyte_makes_no_large_page()
    {
        var site = Site("large.yml", Rule("plain").Replace("description: plain", "description: " + new string('x', 1 << 20), StringComparison.Ordinal));
        Assert.All(site.Pages, path => Assert.True(site.Bytes(path).Length < 900_000, path));
    }

    Sites Site(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        return new Sites(_folder);
    }

    static string Rule(string text)
    {
        var quoted = text == "plain" ? text : $"\"{text.Replace("\\", "\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        return $"""
            name: {quoted}
            id: 11111111-2222-4333-8444-555555555555
            version: 1
            author: {quoted}
            creation_date: {quoted}
            modification_date: {quoted}
            status: production
            type: Anomaly
            description: {quoted}
            data_source: [{quoted}]
            search: x{(text == "plain" ? "" : "=1 | search y=" + "\"" + text.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace("&", "", StringComparison.Ordinal) + "\"")}
            how_to_implement: {quoted}
            known_false_positives: {quoted}
            references: [{quoted}]
            drilldown_searches:
              - name: {quoted}
                search: {quoted}
            intermediate_findings:
              entities:
                - field: {quoted}
                  type: user
                  score: 10
                  message: {quoted}
            analytic_story: [{quoted}]
            asset_type: {quoted}
            mitre_attack_id: [{quoted}]
            product: [{quoted}]
            category: {quoted}
            security_domain: {quoted}
            cve: [{quoted}]
            tests:
              - name: {quoted}
                attack_data:
                  - data: {quoted}
                    sourcetype: {quoted}
                    source: {quoted}
            """;
    }

    [GeneratedRegex("=\"[^\"]*\"")]
    private static partial Regex Value();

    [GeneratedRegex("<[a-z]+[^>]* on[a-z]+=")]
    private static partial Regex Handler();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();
}
