using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Karst.Spl;

namespace Karst.Detection.Reports;

/// <summary>Diagnostics and failed tests as SARIF 2.1.0, for code scanning.</summary>
public static class SarifReport
{
    // GitHub refuses a run with more.
    const int MaxResults = 25_000;

    /// <summary>Writes one run; results beyond 25,000 are left out, as GitHub would refuse the file.</summary>
    public static void Write(Stream output, IReadOnlyList<ReportEntry> entries, string version)
    {
        var codes = entries.Select(entry => entry.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json, codes, entries, version);
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries.Take(MaxResults)) WriteResult(json, entry, codes.IndexOf(entry.Code), seen);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTool(Utf8JsonWriter json, List<string> codes, IReadOnlyList<ReportEntry> entries, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "karst");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var code in codes)
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", LevelOf(entries.First(entry => entry.Code == code).Severity));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteResult(Utf8JsonWriter json, ReportEntry entry, int rule, Dictionary<string, int> seen)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", entry.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", LevelOf(entry.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", entry.Message);
        json.WriteEndObject();
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', entry.Address.Split('/').Select(Uri.EscapeDataString)));
        if (!Path.IsPathRooted(entry.Address)) json.WriteString("uriBaseId", "%SRCROOT%");
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", entry.Start.Line);
        json.WriteNumber("startColumn", entry.Start.Column);
        if (entry.End is { } end)
        {
            json.WriteNumber("endLine", end.Line);
            json.WriteNumber("endColumn", end.Column);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", Fingerprint(entry, seen));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Stable when lines are added above: the place is not part of it.
    static string Fingerprint(ReportEntry entry, Dictionary<string, int> seen)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{entry.Code}\n{entry.Address}\n{entry.Message}")))[..16];
        seen[hash] = seen.GetValueOrDefault(hash) + 1;
        return $"{hash}:{seen[hash]}";
    }

    static string LevelOf(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };
}
