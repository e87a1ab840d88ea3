using System.Text;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Catalog;
using Karst.Catalog.Model;
using Karst.Catalog.Writing;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;

namespace Karst.App.Cataloguing;

/// <summary>`karst catalog diff`: what came, went and changed between two folders of rules.</summary>
static class CatalogDiff
{
    // A description that changed is not printed twice in a terminal; --format json has it whole.
    const int MaxLength = 100;

    /// <summary>Compares and prints.</summary>
    public static int Run(IReadOnlyList<string> paths, EventSettings settings, bool asJson, CancellationToken cancellation)
    {
        if (paths.Count != 2) throw new UsageException("`catalog diff` compares two folders: `karst catalog diff OLD NEW`");
        var difference = CatalogComparer.Compare(Side(paths[0], settings), Side(paths[1], settings), cancellation);
        if (asJson)
        {
            using var output = StandardOutputStream.Open();
            DifferenceJson.Write(output, difference);
        }
        else Terminal.Write(Text(difference));
        return ExitCodes.Fine;
    }

    static ComparedRules Side(string path, EventSettings settings)
    {
        var problems = new KnowledgeProblems();
        var set = new RuleSet([path], settings.Apps, problems, allVersions: true);
        RunReport.Errors(set.Diagnostics);
        RunReport.Knowledge(problems);
        return new ComparedRules(set.Rules, set.KnowledgeOf);
    }

    static string Text(CatalogDifference difference)
    {
        var (text, style) = (new StringBuilder(), Style.Output);
        foreach (var rule in difference.Added) text.Append($"{style.Good("added")}    {Named(rule)}\n");
        foreach (var rule in difference.Removed) text.Append($"{style.Bad("removed")}  {Named(rule)}\n");
        foreach (var rule in difference.Changed)
        {
            text.Append($"{style.Warning("changed")}  {rule.Newer.Name}, version {rule.Older.Version} to {rule.Newer.Version}\n");
            foreach (var property in rule.Change.Properties) text.Append($"    {property.Name}: {Short(property.Older)} -> {Short(property.Newer)}\n");
            Lines(text, "predicate", rule.Change.Predicates);
            Lines(text, "indicator", rule.Change.Indicators);
            Lines(text, "field", rule.Change.Fields);
        }
        return text.Append($"{Amount.Of(difference.Added.Count, "rule")} added, {Amount.Count(difference.Removed.Count)} removed, {Amount.Count(difference.Changed.Count)} changed, {Amount.Count(difference.Same)} the same\n").ToString();
    }

    static string Named(RuleReference rule) => $"{rule.Name}, version {rule.Version}";

    static void Lines(StringBuilder text, string what, LineChange lines)
    {
        foreach (var line in lines.Removed) text.Append($"    - {what} {Short(line)}\n");
        foreach (var line in lines.Added) text.Append($"    + {what} {Short(line)}\n");
    }

    static string Short(string? value)
    {
        if (value is null) return "(none)";
        var line = value.ReplaceLineEndings(" ");
        return line.Length <= MaxLength ? line : line[..(MaxLength - 1)] + "\u2026";
    }
}
