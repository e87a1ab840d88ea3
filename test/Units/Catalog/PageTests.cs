using System.Net;
using System.Text.RegularExpressions;
using Karst.Catalog.Html;

namespace Karst.Units.Catalog;

/// <summary>The pages of the catalogue as a whole: what the seed's page says, links, sizes, order.</summary>
public sealed partial class PageTests
{
    const string Seed = "rules/splunk/aws-ecr-container-scanning-findings-low-informational-unknown/index.html";

    // A page without the text of its rule.
    const int MaxPage = 300 * 1024;

    [Fact]
    public void The_seeds_page_says_all_that_the_public_one_says()
    {
        var site = Sites.Corpus();
        var page = Squeeze(TextOf(site.Text(Seed)));
        var missing = File.ReadLines(Path.Combine(SharedData.Root!, "seed", "page.txt"))
            // Rows of tables are cells here, and the marks between them are not text.
            .SelectMany(line => line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(part => part != "---" && !page.Contains(Squeeze(part), StringComparison.Ordinal)).ToList();
        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    [Fact]
    public void The_seeds_page_lists_its_siblings_and_no_others()
    {
        var html = Sites.Corpus().Text(Seed);
        var section = html[html.IndexOf("id=\"same-action\"", StringComparison.Ordinal)..html.IndexOf("id=\"body\"", StringComparison.Ordinal)];
        Assert.Equal(["../aws-ecr-container-scanning-findings-high/index.html", "../aws-ecr-container-scanning-findings-medium/index.html"], Links(section));
    }

    [Fact]
    public void The_seeds_stages_unfold_their_macros()
    {
        var html = Sites.Corpus().Text(Seed);
        Assert.Equal(11, Regex.Count(html, "<li class=\"stage\""));
        Assert.Contains("`cloudtrail`</summary><span class=\"expansion\"><span class=\"t-field\">sourcetype</span>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_link_of_any_page_is_broken(bool corpus)
    {
        var site = corpus ? Sites.Corpus() : Sites.Own();
        var broken = new List<string>();
        foreach (var page in site.Pages)
        {
            var html = site.Text(page);
            var ids = Id().Matches(html).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            foreach (var link in Links(html).Distinct(StringComparer.Ordinal))
                if (!Leads(site, page, link, ids)) broken.Add($"{page}: {link}");
        }
        Assert.True(broken.Count == 0, string.Join("\n", broken.Take(20)));
    }

    [Fact]
    public void Every_page_can_be_reached_from_the_first()
    {
        var site = Sites.Corpus();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "index.html" };
        var queue = new Queue<string>(seen);
        while (queue.TryDequeue(out var page))
            foreach (var link in Links(site.Text(page)))
                if (!link.StartsWith('#') && !link.Contains(':') && Resolve(page, link.Split('#')[0]) is { } target && target.EndsWith(".html", StringComparison.Ordinal) && seen.Add(target)) queue.Enqueue(target);
        Assert.Empty(site.Pages.Except(seen).Take(10));
    }

    [Fact]
    public void Every_page_has_its_json_twin()
    {
        var site = Sites.Corpus();
        var without = site.Pages.Where(page => !FurtherPage().IsMatch(page) && !site.Files.ContainsKey(Path.ChangeExtension(page, ".json"))).ToList();
        Assert.Empty(without.Take(10));
    }

    [Fact]
    public void No_page_is_too_large_without_the_text_of_its_rule()
    {
        var site = Sites.Corpus();
        var large = site.Pages.Where(page => site.Bytes(page).Length > MaxPage && WithoutCode(site.Text(page)).Length > MaxPage).ToList();
        Assert.Empty(large);
    }

    [Fact]
    public void The_search_index_is_small()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(Sites.Corpus().Bytes("search-index.js"));
        Assert.InRange(packed.Length, 1_000, 1_000_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_page_has_one_heading_of_the_first_level_and_the_landmarks(bool corpus)
    {
        var site = corpus ? Sites.Corpus() : Sites.Own();
        foreach (var page in site.Pages)
        {
            var html = site.Text(page);
            Assert.True(Regex.Count(html, "<h1") == 1, page);
            foreach (var part in (string[])["<title>", "<header", "<nav", "<main", "<footer", "class=\"skip\"", "Content-Security-Policy"])
                Assert.True(html.Contains(part, StringComparison.Ordinal), $"{page}: {part}");
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.True(Regex.Count(html, "<script") == 1, page);
        }
    }

    [Fact]
    public void No_id_stands_twice_on_a_page()
    {
        var site = Sites.Corpus();
        foreach (var page in site.Pages)
        {
            var ids = Id().Matches(site.Text(page)).Select(match => match.Groups[1].Value).ToList();
            Assert.True(ids.Count == ids.Distinct(StringComparer.Ordinal).Count(), $"{page}: {string.Join(' ', ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key))}");
        }
    }

    [Fact]
    public void The_same_rules_give_the_same_bytes()
    {
        var (first, second) = (Sites.Own(), new Sites([.. Directory.GetFiles(Path.Combine(SharedData.Repository, "content", "rules"), "*.yml", SearchOption.AllDirectories).OrderDescending(StringComparer.Ordinal)]));
        Assert.Equal(first.Files.Keys.Order(StringComparer.Ordinal), second.Files.Keys.Order(StringComparer.Ordinal));
        foreach (var path in first.Files.Keys) Assert.True(first.Bytes(path).AsSpan().SequenceEqual(second.Bytes(path)), path);
    }

    static bool Leads(Sites site, string page, string link, HashSet<string> ids)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith("http://", StringComparison.Ordinal)) return true;
        if (link.StartsWith('#')) return ids.Contains(link[1..]);
        return Resolve(page, link.Split('#')[0]) is { } path && site.Files.ContainsKey(path);
    }

    // Null for what leaves the root.
    static string? Resolve(string page, string link)
    {
        var parts = page.Split('/').SkipLast(1).ToList();
        foreach (var part in link.Split('/'))
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return null;
            else parts.RemoveAt(parts.Count - 1);
        return string.Join('/', parts);
    }

    static IEnumerable<string> Links(string html) => Reference().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));

    static string TextOf(string html) => WebUtility.HtmlDecode(Element().Replace(html, " "));

    static string Squeeze(string text) => Blank().Replace(text, "");

    static string WithoutCode(string html) => Code().Replace(html, "");

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Element();

    // What the public page shows between parts of its own, and blanks that elements make.
    [GeneratedRegex("[\\s›]+")]
    private static partial Regex Blank();

    [GeneratedRegex("<div class=\"line\".*?\n", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("/(page|values)-\\d+/index.html$")]
    private static partial Regex FurtherPage();
}
