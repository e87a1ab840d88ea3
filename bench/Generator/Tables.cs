using System.Globalization;
using System.Text;

namespace Karst.Generator;

/// <summary>Reads the embedded tables: tab-separated, a line that starts with # is a comment.</summary>
internal static class Tables
{
    internal static IEnumerable<string[]> Rows(string name)
    {
        using var stream = typeof(Tables).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#')
                yield return line.Split('\t');
    }

    internal static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
