using System.Text.Json;
using Karst.Catalog.Model;

namespace Karst.Catalog;

/// <summary>Reads what `karst test --json` printed.</summary>
public static class TestResults
{
    /// <summary>The results in order; a line that is no result is passed over, and its number goes to <paramref name="problem"/> with the reason.</summary>
    public static IReadOnlyList<TestRecord> Read(TextReader reader, Action<int, string> problem)
    {
        var results = new List<TestRecord>();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            try
            {
                using var document = JsonDocument.Parse(text);
                if (ResultOf(document.RootElement) is { } result) results.Add(result);
                else problem(line, "it has no `rule`, `test` and `state`");
            }
            catch (JsonException error)
            {
                problem(line, $"it is not JSON: {error.Message}");
            }
        }
        return results;
    }

    static TestRecord? ResultOf(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || Text(line, "rule") is not { } rule || Text(line, "test") is not { } test || Text(line, "state") is not { } state) return null;
        return new TestRecord(rule, Text(line, "id") ?? "", test, new TestResultRow(state, (long)Number(line, "rows"), Number(line, "ms"), Text(line, "reason") ?? ""));
    }

    static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static double Number(JsonElement line, string name) => line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : 0;
}
