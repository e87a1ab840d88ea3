using System.Text;
using Karst.Events;

namespace Karst.App.Output;

/// <summary>Where data and messages go: data to stdout, the rest to stderr, colour only on a terminal.</summary>
static class Terminal
{
    static readonly bool s_noColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        || Environment.GetEnvironmentVariable("TERM") == "dumb";

    /// <summary>Messages for people.</summary>
    public static TextWriter Error { get; } = Console.Error;

    /// <summary>Stdout is a terminal.</summary>
    public static bool IsOutputTerminal => !Console.IsOutputRedirected;

    /// <summary>Data may be coloured.</summary>
    public static bool HasColor => IsOutputTerminal && !s_noColor;

    /// <summary>Messages may be coloured.</summary>
    public static bool HasErrorColor => !Console.IsErrorRedirected && !s_noColor;

    /// <summary>Progress may be shown: stderr is a terminal and this is no CI machine.</summary>
    public static bool ShowsProgress =>
        !Console.IsErrorRedirected && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The terminal's columns; null where stdout is none.</summary>
    public static int? Width
    {
        get
        {
            if (!IsOutputTerminal) return null;
            try
            {
                return Console.WindowWidth is > 20 and var width ? width : 80;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }

    /// <summary>Writes a text to stdout; a closed output is an <see cref="OutputClosedException"/>.</summary>
    public static void Write(string text)
    {
        using var output = StandardOutputStream.Open();
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }

    /// <summary>A text writer over stdout for many small pieces; flush it at the end.</summary>
    public static TextWriter OpenText() => new StreamWriter(StandardOutputStream.Open(), new UTF8Encoding(false), 64 << 10) { NewLine = "\n" };
}
