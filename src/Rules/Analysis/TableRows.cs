namespace Karst.Rules.Analysis;

/// <summary>Tab-separated tables with a head line: our own knowledge as data.</summary>
static class TableRows
{
    /// <summary>The rows; a cell is asked for by the name of its column, and is empty where there is none.</summary>
    public static IEnumerable<Func<string, string>> Read(TextReader reader)
    {
        var head = (reader.ReadLine() ?? "").Split('\t');
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var cells = line.Split('\t');
            yield return name => Array.IndexOf(head, name) is >= 0 and var at && at < cells.Length ? cells[at].Trim() : "";
        }
    }
}
