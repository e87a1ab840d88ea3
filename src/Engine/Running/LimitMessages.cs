namespace Karst.Engine.Running;

/// <summary>What is said when a limit ends a run.</summary>
public static class LimitMessages
{
    /// <summary>A stage holds more than the run may.</summary>
    public static string Memory(string command, long bytes) =>
        $"`{command}` needs more than the {bytes / (1 << 20)} MB that this run may hold; narrow the search, or raise it with --limit memory=BYTES";
}
