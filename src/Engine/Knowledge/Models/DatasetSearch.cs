namespace Karst.Engine.Knowledge.Models;

/// <summary>The search that gives a dataset's events: constraints and calculations from the root down, then only the dataset's fields.</summary>
static class DatasetSearch
{
    /// <summary>Fields that events of every dataset have; those that begin with an underscore stay by themselves.</summary>
    static readonly string[] s_always = ["host", "source", "sourcetype"];

    /// <summary>The text of the search, to be parsed; field names are not prefixed.</summary>
    internal static string Text(IReadOnlyList<Dataset> lineage)
    {
        var commands = new List<string>();
        foreach (var dataset in lineage)
        {
            if (dataset.BaseSearch is { Length: > 0 } search) commands.Add(search.Trim());
            var constraint = string.Join(' ', dataset.Constraints.Select(constraint => $"({constraint})"));
            if (constraint.Length > 0) commands.Add($"search {constraint}");
            else if (commands.Count == 0) commands.Add("search *");
            commands.AddRange(dataset.Calculations.Select(calculation => calculation.Command));
        }
        var fields = lineage.SelectMany(dataset => dataset.Fields.Concat(dataset.Calculations.SelectMany(calculation => calculation.Outputs)))
            .Where(field => !field.IsHidden && field.Name.Length > 0)
            .Select(field => field.Name)
            .Concat(s_always)
            .Distinct();
        commands.Add($"fields {string.Join(", ", fields.Select(name => $"\"{name}\""))}");
        return string.Join("\n| ", commands);
    }
}
