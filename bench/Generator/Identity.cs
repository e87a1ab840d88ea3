namespace Karst.Generator;

/// <summary>The kinds of callers, each with its share.</summary>
internal sealed class Identity
{
    readonly Template template;

    internal bool IsService { get; }
    internal bool IsRoot { get; }
    internal bool IsUser { get; }

    Identity(string text)
    {
        template = Template.Compile(text);
        IsService = text.Contains("\"AWSService\"", StringComparison.Ordinal);
        IsUser = text.StartsWith("{\"type\":\"IAMUser\"", StringComparison.Ordinal);
        IsRoot = text.Contains("\"Root\"", StringComparison.Ordinal);
    }

    /// <summary>A hundred entries, so that a random number below 100 draws a kind by its share.</summary>
    internal static Identity[] Load()
    {
        var hundred = new List<Identity>();
        foreach (var row in Tables.Rows("identities.tsv"))
            hundred.AddRange(Enumerable.Repeat(new Identity(row[1]), Tables.Number(row[0])));
        return [.. hundred];
    }

    internal void Write(LineBuffer line, Scene scene, Pcg random) => template.Write(line, scene, random);
}
