namespace Karst.Events;

/// <summary>An input that can be opened: a file's path (`-` is stdin) and the name shown to people (`archive.zip:entry` for an entry of a zip).</summary>
public sealed record InputFile(string Path, string Display)
{
    /// <summary>Which entry of a zip archive; -1 for a file of its own.</summary>
    internal int Entry { get; init; } = -1;

    /// <summary>It is stdin.</summary>
    public bool IsStandardInput => Path == "-";
}
