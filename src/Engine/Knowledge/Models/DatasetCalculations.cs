using System.Text.Json;

namespace Karst.Engine.Knowledge.Models;

/// <summary>The calculations of a data model's JSON as SPL commands.</summary>
static class DatasetCalculations
{
    /// <summary>The command that does a calculation; null for a type that is not known.</summary>
    internal static string? Command(JsonElement calculation, IReadOnlyList<DatasetField> outputs)
    {
        var expression = DataModelReader.Text(calculation, "expression");
        switch (DataModelReader.Text(calculation, "calculationType").ToUpperInvariant())
        {
            case "EVAL" when outputs is [var output]:
                return $"eval {Quote(output.Name)}={expression}";
            case "REX":
                return $"rex field={Quote(DataModelReader.Text(calculation, "inputField"))} \"{expression.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
            case "GEOIP":
                var places = DataModelReader.Items(calculation, "outputFields").Select(Output).Where(static output => output.Column != output.Field).Select(static output => $" | rename {Quote(output.Column)} AS {Quote(output.Field)}");
                return $"iplocation {Quote(DataModelReader.Text(calculation, "inputField"))}{string.Concat(places)}";
            case "LOOKUP":
                var inputs = DataModelReader.Items(calculation, "lookupInputs").ToList();
                if (inputs.Count == 0) inputs = [calculation];
                var pairs = inputs.Select(input => $"{Quote(DataModelReader.Text(input, "lookupField"))} AS {Quote(DataModelReader.Text(input, "inputField"))}");
                var results = DataModelReader.Items(calculation, "outputFields").Select(Output).Select(static output => $"{Quote(output.Column)} AS {Quote(output.Field)}");
                return $"lookup {Quote(DataModelReader.Text(calculation, "lookupName"))} {string.Join(", ", pairs)} OUTPUT {string.Join(", ", results)}";
            default:
                return null;
        }
    }

    static (string Column, string Field) Output(JsonElement output)
    {
        var field = DataModelReader.Text(output, "fieldName");
        var column = DataModelReader.Text(output, "lookupOutputFieldName");
        return (column.Length > 0 ? column : field, field);
    }

    /// <summary>A name as a command takes it.</summary>
    static string Quote(string name) =>
        name.All(character => char.IsLetterOrDigit(character) || character is '_' or '.') ? name : $"\"{name}\"";
}
