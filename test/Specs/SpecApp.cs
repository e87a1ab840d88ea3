using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;

namespace Karst.Specs;

/// <summary>
/// The knowledge of a case: its `lookup`, `macro` and `file` sections as an app over our own content. Files of `apps/NAME/` belong to apps of their own, by their names beneath that one.
/// </summary>
sealed class SpecApp : IDisposable
{
    readonly string? _folder;

    public SpecApp(SpecCase spec)
    {
        var problems = new KnowledgeProblems();
        var sections = spec.Sections.Where(section => section.Keyword is "lookup" or "macro" or "file").ToList();
        if (sections.Count == 0)
        {
            Knowledge = new KnowledgeBase([], problems);
            return;
        }
        _folder = Directory.CreateTempSubdirectory("karst-spec").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "default"));
        foreach (var section in sections)
        {
            switch (section.Keyword)
            {
                case "lookup":
                    Write($"lookups/{section.Rest}.csv", section.Text + "\n");
                    Write("default/transforms.conf", $"[{section.Rest}]\nfilename = {section.Rest}.csv\n");
                    break;
                case "macro":
                    Write("default/macros.conf", Macro(section));
                    break;
                default:
                    Write(section.Rest, section.Text + "\n");
                    break;
            }
        }
        Knowledge = new KnowledgeBase([.. AppFolder.Discover(Path.Combine(_folder, "apps"), problems), new AppFolder(_folder, problems)], problems);
    }

    /// <summary>What the case's search may use.</summary>
    public KnowledgeBase Knowledge { get; }

    public void Dispose()
    {
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    static string Macro(SpecSection section)
    {
        var open = section.Rest.IndexOf('(', StringComparison.Ordinal);
        var definition = $"definition = {string.Join(" \\\n", section.Lines)}\n";
        if (open < 0) return $"[{section.Rest}]\n{definition}";
        var arguments = section.Rest[(open + 1)..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return $"[{section.Rest[..open].Trim()}({arguments.Length})]\nargs = {string.Join(", ", arguments)}\n{definition}";
    }

    // Later stanzas of a name are laid over earlier ones, so a `file` section can set options of a `lookup` section's stanza.
    void Write(string name, string text)
    {
        var path = Path.Combine(_folder!, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, text);
    }
}
