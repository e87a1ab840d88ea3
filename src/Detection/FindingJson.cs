using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.Events;

namespace Karst.Detection;

/// <summary>Findings as JSON lines: one object a finding, keys in a fixed order.</summary>
public static class FindingJson
{
    /// <summary>The value of the key `schema`.</summary>
    public const string Schema = "karst.finding/1";

    const int ManyBytes = 1 << 15;

    static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line for each finding.</summary>
    public static void Write(Stream output, IEnumerable<Finding> findings)
    {
        var lines = new ArrayBufferWriter<byte>(2 * ManyBytes);
        using var json = new Utf8JsonWriter(lines, s_options);
        foreach (var finding in findings)
        {
            Write(json, finding);
            json.Flush();
            json.Reset();
            lines.Write("\n"u8);
            if (lines.WrittenCount < ManyBytes) continue;
            output.Write(lines.WrittenSpan);
            lines.ResetWrittenCount();
        }
        output.Write(lines.WrittenSpan);
    }

    static void Write(Utf8JsonWriter json, Finding finding)
    {
        var rule = finding.Rule;
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteNumber("time", finding.Time);
        json.WriteNumber("first", finding.First);
        json.WriteNumber("last", finding.Last);
        json.WriteStartObject("rule");
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteNumber("version", rule.Version);
        json.WriteString("type", rule.Type == Rules.RuleType.Ttp ? "TTP" : rule.Type.ToString());
        json.WriteString("platform", "splunk");
        json.WriteEndObject();
        json.WriteString("kind", KindOf(finding.Kind));
        if (finding.Entity is { } entity)
        {
            json.WriteStartObject("entity");
            json.WriteString("field", entity.Field);
            json.WriteString("type", entity.Type);
            json.WriteString("value", entity.Value);
            json.WriteEndObject();
        }
        json.WriteNumber("score", finding.Score);
        json.WriteString("message", finding.Message);
        WriteTexts(json, "mitre", rule.AttackIds);
        WriteTexts(json, "stories", rule.Stories);
        WriteRow(json, "fields", finding.Row);
        json.WriteString("original_search", rule.Search);
        json.WriteStartObject("window");
        WriteTime(json, "earliest", finding.Window.Earliest);
        WriteTime(json, "latest", finding.Window.Latest);
        WriteTime(json, "now", finding.Window.Now);
        json.WriteEndObject();
        WriteDrilldowns(json, finding.Drilldowns);
        // What the data model of risk reads stands in the line too, so that it can be read back as an event of index `risk`.
        if (finding.HasRisk) WriteRow(json, "risk", RiskRows.Of([finding])[0]);
        json.WriteEndObject();
    }

    /// <summary>The kind as reports write it.</summary>
    public static string KindOf(FindingKind kind) => kind switch
    {
        FindingKind.Finding => "finding",
        FindingKind.IntermediateFinding => "intermediate_finding",
        _ => "hit",
    };

    static void WriteDrilldowns(Utf8JsonWriter json, IReadOnlyList<DrilldownRows> drilldowns)
    {
        if (drilldowns.Count == 0) return;
        json.WriteStartArray("drilldowns");
        foreach (var drilldown in drilldowns)
        {
            json.WriteStartObject();
            json.WriteString("name", drilldown.Name);
            json.WriteString("search", drilldown.Search);
            if (drilldown.Problem is not null) json.WriteString("problem", drilldown.Problem);
            json.WriteStartArray("rows");
            foreach (var row in drilldown.Rows) WriteRow(json, null, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteRow(Utf8JsonWriter json, string? name, ResultRow row)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        foreach (var (field, value) in row.Fields)
        {
            if (!value.IsMultivalue)
            {
                json.WriteString(field, value.ToString());
                continue;
            }
            json.WriteStartArray(field);
            for (var i = 0; i < value.Count; i++) json.WriteStringValue(value[i].ToString());
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    // JSON has no infinity: it is written as Splunk's word.
    static void WriteTime(Utf8JsonWriter json, string name, double time)
    {
        if (double.IsFinite(time)) json.WriteNumber(name, time);
        else json.WriteString(name, RiskRows.Epoch(time));
    }

    /// <summary>The risk event that a line of JSON holds; null when the line is no finding or has no risk.</summary>
    public static ResultRow? ReadRisk(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.String || schema.GetString() != Schema) return null;
            if (!root.TryGetProperty("risk", out var risk) || risk.ValueKind != JsonValueKind.Object) return null;
            return new ResultRow([.. risk.EnumerateObject().Select(property => new KeyValuePair<string, Value>(property.Name, ValueOf(property.Value))).Where(field => !field.Value.IsNull)]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static Value ValueOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Value.Null,
        JsonValueKind.String => Value.FromText(element.GetString()!),
        JsonValueKind.Array => Value.FromMany(element.EnumerateArray().Select(ValueOf).Where(value => value is { IsNull: false, IsMultivalue: false }).ToArray()),
        _ => Value.FromText(element.GetRawText()),
    };
}
