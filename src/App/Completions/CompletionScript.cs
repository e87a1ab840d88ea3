using System.CommandLine;
using System.Text;

namespace Karst.App.Completions;

/// <summary>Completion scripts, written from the table of verbs: command names, their options, and files.</summary>
static class CompletionScript
{
    /// <summary>The script for a shell; null for one that has none.</summary>
    public static string? For(string shell) => shell switch
    {
        "bash" => Bash(),
        "zsh" => Zsh(),
        "fish" => Fish(),
        "powershell" or "pwsh" => PowerShell(),
        _ => null,
    };

    static string Verbs => string.Join(' ', VerbTable.All.Select(static verb => verb.Name));

    static IEnumerable<string> OptionsOf(Verb verb) => verb.Options.Select(static option => option.Name).Append("--help");

    static string Bash()
    {
        var text = new StringBuilder();
        text.Append("_karst() {\n  local word=${COMP_WORDS[COMP_CWORD]} options=\n");
        text.Append($"  if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W '{Verbs} --help --version' -- \"$word\")); return; fi\n");
        text.Append("  case ${COMP_WORDS[1]} in\n");
        foreach (var verb in VerbTable.All) text.Append($"    {verb.Name}) options='{string.Join(' ', OptionsOf(verb))}' ;;\n");
        text.Append("  esac\n");
        text.Append("  case $word in -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;; *) COMPREPLY=($(compgen -f -- \"$word\")) ;; esac\n");
        text.Append("}\ncomplete -o filenames -F _karst karst\n");
        return text.ToString();
    }

    static string Zsh()
    {
        var text = new StringBuilder("#compdef karst\n_karst() {\n  local -a verbs options\n  verbs=(\n");
        foreach (var verb in VerbTable.All) text.Append($"    {Quoted($"{verb.Name}:{verb.Summary}")}\n");
        text.Append("  )\n  if (( CURRENT == 2 )); then _describe command verbs; return; fi\n  case $words[2] in\n");
        foreach (var verb in VerbTable.All)
        {
            text.Append($"    {verb.Name}) options=(");
            foreach (var option in verb.Options) text.Append($" {Quoted($"{option.Name}:{option.Description}")}");
            text.Append(" '--help:Prints the help.') ;;\n");
        }
        text.Append("  esac\n  if [[ $PREFIX == -* ]]; then _describe option options; else _files; fi\n}\n");
        text.Append("if [[ $funcstack[1] == _karst ]]; then _karst \"$@\"; else compdef _karst karst; fi\n");
        return text.ToString();
    }

    static string Fish()
    {
        var text = new StringBuilder("complete -c karst -n __fish_use_subcommand -l version -d 'Prints the version.'\n");
        foreach (var verb in VerbTable.All)
        {
            text.Append($"complete -c karst -f -n __fish_use_subcommand -a {verb.Name} -d {Quoted(verb.Summary)}\n");
            foreach (var option in verb.Options)
            {
                var needs = option.Arity.MaximumNumberOfValues == 0 ? "" : " -r";
                text.Append($"complete -c karst -n '__fish_seen_subcommand_from {verb.Name}' -l {option.Name[2..]}{needs} -d {Quoted(option.Description ?? "")}\n");
            }
        }
        return text.ToString();
    }

    static string PowerShell()
    {
        var text = new StringBuilder("Register-ArgumentCompleter -Native -CommandName karst -ScriptBlock {\n  param($word, $line, $position)\n  $options = @{\n");
        foreach (var verb in VerbTable.All) text.Append($"    '{verb.Name}' = @({string.Join(", ", OptionsOf(verb).Select(static option => $"'{option}'"))})\n");
        text.Append("  }\n  $words = $line.CommandElements | ForEach-Object { $_.ToString() }\n");
        text.Append("  $first = $words.Count -eq 1 -or ($words.Count -eq 2 -and $word)\n");
        text.Append("  $names = if ($first) { $options.Keys | Sort-Object } else { $options[$words[1]] }\n");
        text.Append("  $names | Where-Object { $_ -like \"$word*\" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }\n}\n");
        return text.ToString();
    }

    // In these shells a quote within single quotes is written '\''.
    static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
