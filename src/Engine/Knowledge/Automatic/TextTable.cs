using System.Globalization;
using Karst.Engine.Knowledge.Props;

namespace Karst.Engine.Knowledge.Automatic;

/// <summary>A line of a table in text: the line itself, and its cells with the names of their columns.</summary>
readonly record struct TableLine(string Text, IReadOnlyList<(string Name, string Value)> Cells);

/// <summary>
/// Reads tables in text, as `ps` and `netstat` print them. Blanks, tabs and commas part the cells, quotes keep one together; the last column takes what is left of its line.
/// </summary>
sealed class TextTable
{
    /// <summary>The number of the line with the names, from 1 on; 0 is the first that is not empty.</summary>
    internal int Header { get; init; }

    /// <summary>A line names the columns; without, they are `Column_1` and so on.</summary>
    internal bool HasHeader { get; init; } = true;

    /// <summary>An empty line ends a table, and the next line names the columns of another.</summary>
    internal bool HasMany { get; init; } = true;

    /// <summary>The lines beneath the names.</summary>
    internal IEnumerable<TableLine> Lines(string text)
    {
        string[]? names = null;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var plain = line.TrimEnd('\r');
            if (plain.Trim().Length == 0)
            {
                if (names is not null && HasMany && Header == 0 && HasHeader) names = null;
                continue;
            }
            if (HasHeader && names is null)
            {
                if (number >= Header) names = [.. Cells(plain, int.MaxValue).Select(FieldExtraction.CleanKey)];
                continue;
            }
            var cells = Cells(plain, names?.Length ?? int.MaxValue);
            yield return new TableLine(plain, [.. cells.Select((cell, place) => (names?[place] ?? $"Column_{(place + 1).ToString(CultureInfo.InvariantCulture)}", cell)).Where(static cell => cell.Item1.Length > 0)]);
        }
    }

    static List<string> Cells(string line, int most)
    {
        var cells = new List<string>();
        var at = 0;
        while (at < line.Length)
        {
            while (at < line.Length && IsDelimiter(line[at])) at++;
            if (at == line.Length) break;
            if (cells.Count + 1 == most)
            {
                cells.Add(line[at..].TrimEnd());
                break;
            }
            var start = at;
            var within = false;
            while (at < line.Length && (within || !IsDelimiter(line[at])))
                if (line[at++] == '"') within = !within;
            cells.Add(line[start..at]);
        }
        return cells;
    }

    static bool IsDelimiter(char letter) => letter is ' ' or '\t' or ',';
}
