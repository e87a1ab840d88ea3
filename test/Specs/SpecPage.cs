namespace Karst.Specs;

/// <summary>Finds the `spec` blocks of a Markdown page.</summary>
static class SpecPage
{
    static readonly string[] s_keywords = ["given", "options", "lookup", "macro", "file", "search", "expect"];

    /// <summary>All cases of all pages beneath `docs` and `spec`, by name.</summary>
    public static IReadOnlyDictionary<string, SpecCase> All { get; } = ReadAll();

    public static string Root { get; } = FindRoot();

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Karst.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Karst.slnx stands in no folder above the tests");
    }

    static Dictionary<string, SpecCase> ReadAll()
    {
        var cases = new Dictionary<string, SpecCase>(StringComparer.Ordinal);
        foreach (var folder in new[] { "docs", "spec" })
        {
            var path = Path.Combine(FindRoot(), folder);
            if (!Directory.Exists(path)) continue;
            foreach (var page in Directory.EnumerateFiles(path, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = Path.GetRelativePath(path, page).Replace('\\', '/');
                foreach (var found in Read(page, $"{folder}/{name[..^3]}"))
                    cases.Add(cases.ContainsKey(found.Name) ? $"{found.Name} ({found.Ordinal})" : found.Name, found);
            }
        }
        return cases;
    }

    /// <summary>The cases of one page.</summary>
    public static List<SpecCase> Read(string page, string title)
    {
        var lines = File.ReadAllLines(page);
        var cases = new List<SpecCase>();
        var heading = "";
        string? fence = null;
        for (var at = 0; at < lines.Length; at++)
        {
            var line = lines[at];
            if (fence is not null)
            {
                if (line.Trim() == fence) fence = null;
                continue;
            }
            if (line.StartsWith('#')) heading = line.TrimStart('#').Trim();
            if (!line.StartsWith("```", StringComparison.Ordinal)) continue;
            fence = new string('`', line.Length - line.TrimStart('`').Length);
            if (line[fence.Length..].Trim() != "spec") continue;
            var end = at + 1;
            while (end < lines.Length && lines[end].Trim() != fence) end++;
            cases.Add(new SpecCase(page, $"{title} › {heading}", cases.Count, Sections(lines, at + 1, end)));
        }
        return cases;
    }

    static List<SpecSection> Sections(string[] lines, int start, int end)
    {
        var sections = new List<SpecSection>();
        var at = start;
        while (at < end)
        {
            var first = at++;
            if (lines[first].Trim().Length == 0) continue;
            var space = lines[first].IndexOf(' ', StringComparison.Ordinal);
            var keyword = space < 0 ? lines[first] : lines[first][..space];
            // An unknown word is kept, so that the case that it stands in fails, not the whole run.
            while (at < end && (lines[at].Length == 0 || lines[at][0] == ' ')) at++;
            var content = lines[(first + 1)..at];
            var indentation = content.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
            var text = content.Select(line => line.Length >= indentation ? line[indentation..] : "").ToList();
            while (text.Count > 0 && text[^1].Trim().Length == 0) text.RemoveAt(text.Count - 1);
            sections.Add(new SpecSection(keyword, space < 0 ? "" : lines[first][(space + 1)..].Trim(), text, first, at));
        }
        return sections;
    }

    /// <summary>Complains about sections that the format does not have.</summary>
    public static void Check(SpecCase spec)
    {
        foreach (var section in spec.Sections)
            if (!s_keywords.Contains(section.Keyword))
                throw new SpecFormatException($"{spec.Page}:{section.FirstLine + 1}: no section `{section.Keyword}`; there are {string.Join(", ", s_keywords)}");
        if (spec.Find("expect") is null) throw new SpecFormatException($"{spec.Page}: {spec.Name} expects nothing");
    }

    /// <summary>`name=value name="some value"` as pairs.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }
            var equals = text.IndexOf('=', at);
            if (equals < 0) throw new SpecFormatException($"`{text[at..]}` is not name=value");
            var name = text[at..equals];
            at = equals + 1;
            var quoted = at < text.Length && text[at] == '"';
            var end = quoted ? text.IndexOf('"', at + 1) : text.IndexOf(' ', at);
            if (end < 0) end = text.Length;
            yield return (name, quoted ? text[(at + 1)..end] : text[at..end]);
            at = quoted ? end + 1 : end;
        }
    }
}
