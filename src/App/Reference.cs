using System.Text;
using Karst.App.Output;
using Karst.Engine.Aggregates;
using Karst.Engine.Commands;
using Karst.Engine.Functions;

namespace Karst.App;

/// <summary>The reference pages, which are copied beside the executable as `reference/`.</summary>
static class Reference
{
    // Pages that are about no command, by the name of their file.
    static readonly string[] s_topics = ["sourcetypes", "apps", "formats"];

    static string Folder => Path.Combine(AppContext.BaseDirectory, "reference");

    /// <summary>The page of a topic as text for a terminal; null when there is none.</summary>
    public static string? Find(IReadOnlyList<string> topic)
    {
        foreach (var (folder, name) in Candidates([.. topic.Select(static word => word.ToLowerInvariant())]))
            if (Read(folder, name) is { } page) return page;
        return null;
    }

    /// <summary>What to say where there is no page.</summary>
    public static string NotFound(IReadOnlyList<string> topic)
    {
        var words = string.Join(' ', topic);
        var near = NearestName.Find(topic[^1], Known(topic));
        return near is null ? $"there is no page about `{words}`; `karst help` lists all" : $"there is no page about `{words}`; there is one about `{near}`";
    }

    /// <summary>What can be asked for.</summary>
    public static string Contents()
    {
        var text = new StringBuilder();
        List(text, "SPL commands", CommandTable.All.Select(static command => command.Name));
        List(text, "eval functions", FunctionTable.All.Select(static function => function.Name));
        List(text, "stats functions", AggregateTable.All.Select(static aggregate => aggregate.Name));
        List(text, "logs, apps and formats", s_topics.SelectMany(Pages).Prepend("sourcetypes"));
        return text.ToString();
    }

    static IEnumerable<string> Pages(string folder) => Directory.Exists(Path.Combine(Folder, folder))
        ? Directory.GetFiles(Path.Combine(Folder, folder), "*.md").Select(static path => Path.GetFileNameWithoutExtension(path)).Where(static name => name != "README").Order(StringComparer.Ordinal)
        : [];

    static IEnumerable<(string Folder, string Name)> Candidates(IReadOnlyList<string> topic)
    {
        switch (topic)
        {
            case ["eval", var function]:
                yield return ("functions", function);
                break;
            case ["stats", var function]:
                yield return ("aggregates", AggregateTable.Find(function)?.Aggregate.Name ?? function);
                break;
            case ["cli" or "karst", var verb]:
                yield return ("cli", verb);
                break;
            case ["supported"]:
                yield return ("", "supported");
                break;
            case ["sourcetypes"]:
                yield return ("sourcetypes", "README");
                break;
            case [var name]:
                // `search` is both: the SPL command is what people ask for, and its page names the other.
                yield return ("commands", CommandTable.Find(name)?.Name ?? name);
                yield return ("cli", name);
                yield return ("functions", name);
                yield return ("aggregates", AggregateTable.Find(name)?.Aggregate.Name ?? name);
                foreach (var folder in s_topics) yield return (folder, name);
                break;
        }
    }

    static IEnumerable<string> Known(IReadOnlyList<string> topic) => topic switch
    {
        ["eval", ..] => FunctionTable.All.Select(static function => function.Name),
        ["stats", _] => AggregateTable.All.Select(static aggregate => aggregate.Name),
        _ => CommandTable.All.Select(static command => command.Name).Concat(VerbTable.All.Select(static verb => verb.Name)),
    };

    static string? Read(string folder, string name)
    {
        // A topic is a name, never a path.
        if (!name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')) return null;
        var path = Path.Combine(Folder, folder, name + ".md");
        return File.Exists(path) ? MarkdownText.Render(File.ReadAllText(path), Style.Output) : null;
    }

    static void List(StringBuilder text, string heading, IEnumerable<string> names)
    {
        text.Append(Style.Output.Bold(heading)).Append('\n');
        var column = 0;
        foreach (var name in names)
        {
            if (column > 0 && column + name.Length + 1 > 96)
            {
                text.Append('\n');
                column = 0;
            }
            text.Append(column == 0 ? "  " : " ").Append(name);
            column += name.Length + 1;
        }
        text.Append("\n\n");
    }
}
