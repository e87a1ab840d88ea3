using System.Text.Encodings.Web;
using System.Text.Json;
using Karst.Events;
using Karst.Rules;

namespace Karst.App.Linting;

/// <summary>`lint --json`: one object a message and line, and a summary as the last.</summary>
static class LintJson
{
    static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes to stdout.</summary>
    public static void Write(LintResult result)
    {
        using var output = new BufferedStream(StandardOutputStream.Open(), 64 << 10);
        foreach (var diagnostic in result.Diagnostics) Line(output, json => Write(json, diagnostic));
        Line(output, json =>
        {
            json.WriteStartObject("summary");
            json.WriteNumber("rules", result.Rules);
            json.WriteNumber("bind", result.Bound);
            json.WriteNumber("unsupported", result.Unsupported);
            json.WriteNumber("errors", result.Errors);
            json.WriteEndObject();
        });
        output.Flush();
    }

    static void Write(Utf8JsonWriter json, RuleDiagnostic diagnostic)
    {
        json.WriteString("file", diagnostic.Path);
        json.WriteNumber("line", diagnostic.At.Line);
        json.WriteNumber("column", diagnostic.At.Column);
        json.WriteString("rule", diagnostic.Rule);
        json.WriteString("code", diagnostic.Diagnostic.Code);
        json.WriteString("severity", diagnostic.Diagnostic.Severity.ToString().ToLowerInvariant());
        json.WriteString("kind", diagnostic.Diagnostic.Kind.ToString().ToLowerInvariant());
        json.WriteString("message", diagnostic.Diagnostic.Message);
        if (diagnostic.Diagnostic.Help is { } help) json.WriteString("help", help);
        else json.WriteNull("help");
    }

    static void Line(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }
}
