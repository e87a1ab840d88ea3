namespace Karst.Specs;

/// <summary>A section of a case: its first line split in words, the lines beneath without their indentation, and where it stands.</summary>
sealed record SpecSection(string Keyword, string Rest, IReadOnlyList<string> Lines, int FirstLine, int EndLine)
{
    public string Text => string.Join('\n', Lines);
}

/// <summary>One `spec` block of a page: what is given, what is searched, what is expected.</summary>
sealed record SpecCase(string Page, string Name, int Ordinal, IReadOnlyList<SpecSection> Sections)
{
    public SpecSection? Find(string keyword) => Sections.FirstOrDefault(section => section.Keyword == keyword);

    public IEnumerable<SpecSection> All(string keyword) => Sections.Where(section => section.Keyword == keyword);

    public string Search => Find("search")?.Text ?? throw new SpecFormatException($"{Name}: no `search` section");

    public IReadOnlyDictionary<string, string> Options { get; } = ReadOptions(Sections);

    static Dictionary<string, string> ReadOptions(IReadOnlyList<SpecSection> sections)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in sections.Where(section => section.Keyword == "options"))
            foreach (var (name, value) in SpecPage.Pairs(section.Rest)) options[name] = value;
        return options;
    }
}

/// <summary>A page is not written as the format wants it.</summary>
sealed class SpecFormatException(string message) : Exception(message);
