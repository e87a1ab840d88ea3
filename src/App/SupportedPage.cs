using System.Text;
using Karst.Engine.Aggregates;
using Karst.Engine.Commands;
using Karst.Engine.Functions;

namespace Karst.App;

/// <summary>The page of what is supported and what is refused, made from the engine's own tables.</summary>
public static class SupportedPage
{
    /// <summary>The page as Markdown.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("# What is supported\n\nMade by `karst help supported --markdown` from the tables of the engine; a test compares it with them. What an option of a command does not do stands on its page.\n");
        List(text, "Commands", "command", CommandTable.All.Select(static command => (command.Name, "commands", command.Aliases, command.Summary)));
        List(text, "Eval functions", "function", FunctionTable.All.Select(static function => (function.Name, "functions", (IReadOnlyList<string>)[], function.Summary)));
        List(text, "Stats functions", "function", AggregateTable.All.Select(static aggregate => (aggregate.Name, "aggregates", aggregate.Aliases, aggregate.Summary)));
        text.Append("\n## Known and refused\n\nA search that uses one of these is not run; the message says why.\n\n| name | is | why it is refused |\n|---|---|---|\n");
        foreach (var (name, reason) in KnownCommands.All) Row(text, name, "a command", reason);
        foreach (var (name, reason) in KnownFunctions.All) Row(text, $"{name}()", "an eval function", reason);
        foreach (var (name, reason) in KnownAggregates.All) Row(text, $"{name}()", "a stats function", reason);
        return text.ToString();
    }

    static void List(StringBuilder text, string heading, string column, IEnumerable<(string Name, string Folder, IReadOnlyList<string> Aliases, string Summary)> entries)
    {
        var all = entries.ToList();
        text.Append($"\n## {heading} ({all.Count})\n\n| {column} | what it does |\n|---|---|\n");
        foreach (var (name, folder, aliases, summary) in all)
            text.Append($"| [{name}]({folder}/{name}.md){string.Concat(aliases.Select(static alias => $", {alias}"))} | {Cell(summary)} |\n");
    }

    static void Row(StringBuilder text, string name, string kind, string reason) => text.Append($"| `{name}` | {kind} | {Cell(reason)} |\n");

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
