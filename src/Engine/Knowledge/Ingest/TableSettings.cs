using System.Globalization;
using Karst.Engine.Knowledge.Apps;
using Karst.Events;

namespace Karst.Engine.Knowledge.Ingest;

/// <summary>INDEXED_EXTRACTIONS of csv, tsv and psv with FIELD_DELIMITER, FIELD_NAMES, HEADER_FIELD_LINE_NUMBER and TIMESTAMP_FIELDS: lines are the records of a table, with a header or names that are given.</summary>
static class TableSettings
{
    /// <summary>The value of INDEXED_EXTRACTIONS names a table that is read.</summary>
    internal static bool IsTable(string value) => DelimiterOf(value) is not null;

    /// <summary>The table that the settings describe; null where they describe none.</summary>
    internal static TableForm? Read(ConfStanza props, KnowledgeProblems problems)
    {
        if (props["INDEXED_EXTRACTIONS"] is not { } kind || DelimiterOf(kind) is not { } delimiter) return null;
        var form = new TableForm(delimiter);
        if (props.Find("FIELD_DELIMITER") is { Value.Length: > 0 } setting)
        {
            if (Character(setting.Value) is { } character) form = form with { Delimiter = character };
            else problems.Add(setting, $"`{setting.Value}` is not understood; one character, tab, space or pipe are");
        }
        if (props["FIELD_NAMES"] is { Length: > 0 } names) form = form with { Names = [.. names.Split(',', StringSplitOptions.TrimEntries)] };
        if (props.Find("HEADER_FIELD_LINE_NUMBER") is { Value.Length: > 0 } line)
        {
            if (!int.TryParse(line.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) problems.Add(line, $"`{line.Value}` is no number; the first line is taken");
            // 0 looks for the header, which is the first line then.
            else form = form with { HeaderLine = Math.Max(1, number) };
        }
        return form;
    }

    /// <summary>TIMESTAMP_FIELDS; null without.</summary>
    internal static IReadOnlyList<string>? TimeFields(ConfStanza props) =>
        props["TIMESTAMP_FIELDS"] is { Length: > 0 } names ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : null;

    static byte? DelimiterOf(string kind) => kind.ToLowerInvariant() switch { "csv" => (byte)',', "tsv" => (byte)'\t', "psv" => (byte)'|', _ => null };

    static byte? Character(string text) => text.ToLowerInvariant() switch
    {
        "tab" or @"\t" => (byte)'\t',
        "space" => (byte)' ',
        "pipe" => (byte)'|',
        [var one] when char.IsAscii(one) => (byte)one,
        _ => null,
    };
}
