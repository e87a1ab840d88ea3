namespace Karst.Engine.Running;

/// <summary>What is said when a limit ends a run.</summary>
public static class LimitMessages
{
    /// <summary>A stage holds more than the run may.</summary>
    public static string Memory(string command, long bytes) =>
        $"`{command}` needs more than the {Amount(bytes)} that this run may hold; narrow the search, or raise it with --limit memory=BYTES";

    /// <summary>A stage goes on on disk.</summary>
    public static string OnDisk(string command) => $"`{command}` has more rows than fit into memory and goes on on disk; --limit memory=BYTES gives it more";

    static string Amount(long bytes) => bytes < 10 << 20 ? $"{bytes / 1024} kB" : $"{bytes / (1 << 20)} MB";
}
