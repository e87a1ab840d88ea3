using System.Text.Json;
using Karst.Engine.Knowledge.Apps;

namespace Karst.Engine.Knowledge.Models;

/// <summary>Splunk's data model JSON (`default/data/models/NAME.json`) to a model.</summary>
static class DataModelReader
{
    static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64, AllowTrailingCommas = true };

    /// <summary>Reads a file; throws what file access throws, and <see cref="InvalidDataException"/> when it is no data model.</summary>
    internal static DataModel Read(string name, string path, KnowledgeProblems problems)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("objects", out var objects) || objects.ValueKind != JsonValueKind.Array)
                throw new InvalidDataException("the file has no `objects`");
            var datasets = new Dictionary<string, Dataset>(StringComparer.Ordinal);
            foreach (var element in objects.EnumerateArray())
            {
                var dataset = ReadDataset(element, path, problems);
                if (dataset.Name.Length == 0) problems.Add(path, 0, "a dataset has no `objectName`");
                else if (!datasets.TryAdd(dataset.Name, dataset)) problems.Add(path, 0, $"two datasets are named `{dataset.Name}`");
            }
            return new DataModel(name, [.. datasets.Values]) { Json = root.GetRawText() };
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(error.Message);
        }
    }

    static Dataset ReadDataset(JsonElement element, string path, KnowledgeProblems problems)
    {
        var name = Text(element, "objectName");
        var parent = Text(element, "parentName");
        var calculations = new List<DatasetCalculation>();
        string? unsupported = parent == "BaseTransaction" ? "it is a transaction" : null;
        foreach (var calculation in Items(element, "calculations"))
        {
            var outputs = Items(calculation, "outputFields").Select(Field).ToList();
            if (DatasetCalculations.Command(calculation, outputs) is { } command) calculations.Add(new DatasetCalculation(command, outputs));
            else
            {
                unsupported ??= $"its calculation of type `{Text(calculation, "calculationType")}` is not read";
                problems.Add(path, 0, $"{name}: a calculation of type `{Text(calculation, "calculationType")}` is not read");
            }
        }
        return new Dataset(
            name,
            parent,
            [.. Items(element, "constraints").Select(constraint => Text(constraint, "search")).Where(search => search.Length > 0)],
            [.. Items(element, "fields").Select(Field).Where(field => field.Name.Length > 0)],
            calculations)
        {
            Json = element.GetRawText(),
            BaseSearch = parent == "BaseSearch" ? Text(element, "baseSearch") : null,
            Unsupported = unsupported,
        };
    }

    static DatasetField Field(JsonElement element) =>
        new(Text(element, "fieldName"), Text(element, "type"), element.TryGetProperty("hidden", out var hidden) && hidden.ValueKind == JsonValueKind.True);

    internal static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    internal static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
}
