using System.CommandLine;
using Karst.App.Completions;
using Karst.App.Output;

namespace Karst.App.Commands;

/// <summary>Prints a shell's completion script.</summary>
sealed class Completion : Verb
{
    readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh, fish or powershell." };

    public override string Name => "completion";

    public override string Summary => "Prints the completion script for a shell.";

    public override string Usage => "bash|zsh|fish|powershell";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("source <(karst completion bash)", "in ~/.bashrc"),
        ("karst completion zsh > \"${fpath[1]}/_karst\"", "once, for zsh"),
        ("karst completion fish > ~/.config/fish/completions/karst.fish", "once, for fish"),
        ("karst completion powershell | Out-String | Invoke-Expression", "in PowerShell's $PROFILE"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_shell];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var shell = parsed.GetRequiredValue(_shell);
        if (CompletionScript.For(shell) is not { } script) throw new UsageException($"there is no completion for `{shell}`; there is for bash, zsh, fish and powershell");
        Terminal.Write(script);
        return ExitCodes.Fine;
    }
}
