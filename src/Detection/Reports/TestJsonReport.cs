using System.Text.Encodings.Web;
using System.Text.Json;

namespace Karst.Detection.Reports;

/// <summary>`test --json`: one object a test and line.</summary>
public static class TestJsonReport
{
    static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one result and a newline.</summary>
    public static void Write(Stream output, TestResult result)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            json.WriteString("rule", result.Rule.Name);
            json.WriteString("id", result.Rule.Id);
            json.WriteString("file", result.Rule.Path.Replace('\\', '/'));
            json.WriteString("test", result.Test.Name);
            json.WriteString("state", result.StateName);
            json.WriteNumber("rows", result.Rows);
            json.WriteNumber("ms", Math.Round(result.Milliseconds, 1));
            json.WriteString("reason", result.Reason);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }
}
