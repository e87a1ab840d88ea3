using System.CommandLine;
using Karst.App.Output;

namespace Karst.App.Options;

/// <summary>`--format`: one of the names; without it a table on a terminal, else JSON lines.</summary>
sealed class FormatOption(params string[] names)
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--format")
    {
        HelpName = string.Join('|', names),
        Description = names.Contains("jsonl") ? "How results are written (default: table on a terminal, else jsonl)." : $"How results are written (default: {names[0]}).",
    };

    /// <summary>The format chosen.</summary>
    public string Read(ParseResult parsed)
    {
        var name = parsed.GetValue(Option);
        if (name is null) return names.Contains("jsonl") ? Terminal.IsOutputTerminal ? "table" : "jsonl" : names[0];
        return names.Contains(name) ? name : throw new UsageException($"there is no format `{name}` here; there are {string.Join(", ", names)}");
    }
}
