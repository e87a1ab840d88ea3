namespace Karst.Events;

/// <summary>A format needs all rows before it can write the first, and they are more than it may hold.</summary>
public sealed class OutputLimitException : Exception
{
    /// <summary>The format that holds rows and its limit in bytes.</summary>
    public OutputLimitException(string format, long limit)
        : base($"the format `{format}` needs all rows before it writes the first, and they take more than {limit} bytes; `jsonl` writes them as they come")
    {
    }
}
