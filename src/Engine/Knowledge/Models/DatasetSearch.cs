namespace Karst.Engine.Knowledge.Models;

/// <summary>The search that gives a dataset's events: constraints and calculations from the root down, then only the dataset's fields.</summary>
static class DatasetSearch
{
    /// <summary>Fields that events of every dataset have; those that begin with an underscore stay by themselves.</summary>
    static readonly string[] s_always = ["host", "source", "sourcetype"];

    /// <summary>The text of the search, to be parsed; field names are not prefixed.</summary>
    internal static string Text(IReadOnlyList<Dataset> lineage) => $"{Events(lineage)}\n| {Fields(lineage)}";

    /// <summary>The text of a search for the events with all fields that they have.</summary>
    internal static string Events(IReadOnlyList<Dataset> lineage)
    {
        var commands = Commands(lineage);
        if (lineage[0] is { BaseSearch: not { Length: > 0 }, Constraints.Count: 0 }) commands.Insert(0, "search *");
        return string.Join("\n| ", commands);
    }

    /// <summary>The commands that narrow events of what is above to those of the datasets; empty when they all are.</summary>
    internal static List<string> Commands(IReadOnlyList<Dataset> datasets)
    {
        var commands = new List<string>();
        foreach (var dataset in datasets)
        {
            if (dataset.BaseSearch is { Length: > 0 } search) commands.Add(search.Trim());
            var constraint = string.Join(' ', dataset.Constraints.Select(constraint => $"({constraint})"));
            if (constraint.Length > 0) commands.Add($"search {constraint}");
            commands.AddRange(dataset.Calculations.Select(calculation => calculation.Command));
        }
        return commands;
    }

    static string Fields(IReadOnlyList<Dataset> lineage)
    {
        var fields = lineage.SelectMany(dataset => dataset.AllFields)
            .Where(field => !field.IsHidden && field.Name.Length > 0)
            .Select(field => field.Name)
            .Concat(s_always)
            .Distinct();
        return $"fields {string.Join(", ", fields.Select(name => $"\"{name}\""))}";
    }
}
