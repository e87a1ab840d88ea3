namespace Karst.Events;

/// <summary>The output formats.</summary>
public static class WriterTable
{
    static readonly (string Name, Func<Stream, WriterOptions, RowWriter> Create)[] s_all =
    [
        ("csv", static (output, options) => new CsvWriter(output, options)),
        ("json", static (output, options) => new JsonWriter(output, options)),
        ("jsonl", static (output, options) => new JsonLinesWriter(output, options)),
        ("raw", static (output, options) => new RawWriter(output, options)),
        ("table", static (output, options) => new TableWriter(output, options)),
    ];

    /// <summary>The formats' names.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(s_all, static format => format.Name);

    /// <summary>A writer of the format, or null when there is none of that name.</summary>
    public static RowWriter? Create(string name, Stream output, WriterOptions options)
    {
        foreach (var format in s_all)
            if (format.Name == name) return format.Create(output, options);
        return null;
    }
}
