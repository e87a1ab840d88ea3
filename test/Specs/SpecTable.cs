using System.Text;
using System.Text.Json;
using Karst.Events;

namespace Karst.Specs;

/// <summary>
/// A table as cases write it: a line of names, then a line a row; two or more blanks part the columns. `-` is absent, ` | ` parts the values of a
/// multivalue field, and a value between double quotes is a JSON string.
/// </summary>
sealed record SpecTable(IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<Value>> Rows)
{
    public static SpecTable Parse(IReadOnlyList<string> lines)
    {
        var content = lines.Where(line => line.Trim().Length > 0).ToList();
        if (content.Count == 0) return new SpecTable([], []);
        var names = Cells(content[0]).Select(cell => cell.StartsWith('"') ? Unquoted(cell) : cell).ToList();
        var rows = new List<IReadOnlyList<Value>>();
        foreach (var line in content.Skip(1))
        {
            var cells = Cells(line);
            if (cells.Count != names.Count) throw new SpecFormatException($"{cells.Count} cells for {names.Count} columns in `{line.Trim()}`");
            rows.Add([.. cells.Select(ParseCell)]);
        }
        return new SpecTable(names, rows);
    }

    static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        line = line.Trim() + "  ";
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && (at == 0 || line[at - 1] != '\\') && (quoted || cell.Length == 0 || cell.ToString().EndsWith(" | ", StringComparison.Ordinal))) quoted = !quoted;
            if (!quoted && line[at] == ' ' && at + 1 < line.Length && line[at + 1] == ' ')
            {
                if (cell.Length > 0) cells.Add(cell.ToString());
                cell.Clear();
                while (at + 1 < line.Length && line[at + 1] == ' ') at++;
            }
            else cell.Append(line[at]);
        }
        return cells;
    }

    static Value ParseCell(string cell)
    {
        if (cell == "-") return Value.Null;
        var parts = new List<Value>();
        var start = 0;
        var quoted = false;
        for (var at = 0; at <= cell.Length; at++)
        {
            if (at < cell.Length && cell[at] == '"' && (quoted ? cell[at - 1] != '\\' : at == start)) quoted = !quoted;
            if (at < cell.Length && (quoted || !cell.AsSpan(at).StartsWith(" | "))) continue;
            var part = cell[start..at];
            parts.Add(Value.FromText(part.StartsWith('"') && part.EndsWith('"') && part.Length > 1 ? Unquoted(part) : part));
            start = at + 3;
            at += 2;
        }
        return Value.FromMany(parts);
    }

    static string Unquoted(string cell)
    {
        try
        {
            return JsonDocument.Parse(cell).RootElement.GetString()!;
        }
        catch (JsonException)
        {
            throw new SpecFormatException($"`{cell}` is no JSON string");
        }
    }

    /// <summary>A value as a cell.</summary>
    public static string Cell(Value value)
    {
        if (value.IsNull) return "-";
        return string.Join(" | ", Enumerable.Range(0, value.Count).Select(i => Quoted(value[i].ToString())));
    }

    static string Quoted(string text)
    {
        var plain = text.Length > 0 && text != "-" && !text.Contains("  ", StringComparison.Ordinal) && !text.Contains(" | ", StringComparison.Ordinal)
            && text.Trim() == text && !text.StartsWith('"') && !text.Any(char.IsControl);
        return plain ? text : Json(text);
    }

    static string Json(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var letter in text)
            result.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        return result.Append('"').ToString();
    }

    /// <summary>The rows as text, a cell list each.</summary>
    public IReadOnlyList<string[]> Cells() => [.. Rows.Select(row => row.Select(Cell).ToArray())];

    /// <summary>Names and rows as aligned lines.</summary>
    public static List<string> Format(IReadOnlyList<string> names, IReadOnlyList<string[]> rows)
    {
        var header = names.Select(Quoted).ToArray();
        var widths = header.Select((name, c) => Math.Max(name.Length, rows.Select(row => row[c].Length).DefaultIfEmpty(0).Max())).ToArray();
        return [.. rows.Prepend(header).Select(row => string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd())];
    }
}
