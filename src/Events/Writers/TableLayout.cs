using System.Text;

namespace Karst.Events;

/// <summary>One page of a table: how wide each column is, and its lines.</summary>
sealed class TableLayout(IReadOnlyList<string> names, string[][][] cells, bool[] numeric, int? terminal)
{
    const int Gap = 2;
    const int Narrowest = 6;

    /// <summary>Writes header and rows. Columns for which no room is left are named in a last line.</summary>
    public void Write(OutputBuffer output)
    {
        var headers = names.Select(static name => SafeText.Of(Encoding.UTF8.GetBytes(name))).ToArray();
        var widths = new int[headers.Length];
        for (var c = 0; c < widths.Length; c++)
        {
            widths[c] = SafeText.Width(headers[c]);
            foreach (var row in cells)
                foreach (var line in row[c]) widths[c] = Math.Max(widths[c], SafeText.Width(line));
        }
        var shown = Fit(widths);
        WriteLine(output, widths, shown, c => headers[c]);
        WriteLine(output, widths, shown, c => new string('-', widths[c]));
        foreach (var row in cells)
        {
            var height = Math.Max(1, row.Take(shown).Select(static cell => cell.Length).DefaultIfEmpty().Max());
            for (var line = 0; line < height; line++)
            {
                var at = line;
                WriteLine(output, widths, shown, c => at < row[c].Length ? row[c][at] : "");
            }
        }
        if (shown < headers.Length) output.Add($"({headers.Length - shown} more columns: {string.Join(", ", headers[shown..])})\n");
    }

    // Narrows the widest columns to a common width until all fit; what does not fit at the narrowest is left to the note beneath.
    int Fit(int[] widths)
    {
        if (terminal is not { } total || Sum(widths, widths.Length) <= total) return widths.Length;
        for (var cap = widths.Max(); cap >= Narrowest; cap--)
        {
            var capped = 0;
            foreach (var width in widths) capped += Math.Min(width, cap) + Gap;
            if (capped - Gap > total && cap > Narrowest) continue;
            for (var c = 0; c < widths.Length; c++) widths[c] = Math.Min(widths[c], cap);
            break;
        }
        var shown = widths.Length;
        while (shown > 1 && Sum(widths, shown) > total) shown--;
        return shown;
    }

    static int Sum(int[] widths, int count)
    {
        var sum = -Gap;
        for (var c = 0; c < count; c++) sum += widths[c] + Gap;
        return sum;
    }

    void WriteLine(OutputBuffer output, int[] widths, int shown, Func<int, string> text)
    {
        var line = new StringBuilder();
        for (var c = 0; c < shown; c++)
        {
            var cell = SafeText.Cut(text(c), widths[c]);
            var blanks = widths[c] - SafeText.Width(cell);
            if (c > 0) line.Append(' ', Gap);
            if (numeric[c]) line.Append(' ', blanks).Append(cell);
            else line.Append(cell).Append(' ', blanks);
        }
        output.Add(line.ToString().TrimEnd(' '));
        output.Add((byte)'\n');
    }
}
