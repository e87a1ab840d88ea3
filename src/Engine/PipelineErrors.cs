using Karst.Engine.Commands;
using Karst.Engine.Functions;
using Karst.Spl;

namespace Karst.Engine;

/// <summary>What binding says of commands that cannot stand where they stand.</summary>
static class PipelineErrors
{
    internal static Diagnostic UnknownCommand(CommandSyntax command)
    {
        // What a model is called tells the reader what to look for.
        if (command is { Name: "apply" or "fit" or "summary", Arguments: [{ Kind: TokenKind.Word } model, ..] })
            return new Diagnostic("SPL011", $"`{command.Name}` cannot be run: it needs the trained model `{model.Value}`, whose file and algorithm belong to an app", command.NameSpan, null, DiagnosticKind.Unsupported);
        if (KnownCommands.Reason(command.Name) is { } reason)
            return new Diagnostic("SPL011", $"`{command.Name}` cannot be run: {reason}", command.NameSpan, null, DiagnosticKind.Unsupported);
        var nearest = NearestName.Find(command.Name, CommandTable.All.Select(known => known.Name));
        return new Diagnostic(
            "SPL010", $"unknown command `{command.Name}`", command.NameSpan, nearest is null ? null : $"`{nearest}` is a command", DiagnosticKind.Name);
    }

    internal static Diagnostic NotGenerating(CommandSyntax command) =>
        new("SPL012", $"`{command.Name}` takes rows, and nothing before it makes any", command.NameSpan, "begin with a search, such as `index=*`, or read rows with --rows");

    internal static Diagnostic GeneratingLater(CommandSyntax command) =>
        new("SPL013", $"`{command.Name}` makes rows of its own and must come first", command.NameSpan, "put it into a subsearch, behind `append`");
}
