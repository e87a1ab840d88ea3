using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What is said of a command's arguments, in one voice.</summary>
static class CommandErrors
{
    internal static SplException UnknownOption(CommandSyntax command, string option, Span at, params string[] known) =>
        new(new Diagnostic("SPL120", $"`{command.Name}` has no option `{option}`", at,
            known.Length == 0 ? null : $"it has {string.Join(", ", known.Select(name => $"`{name}`"))}", DiagnosticKind.Name));

    internal static SplException BadValue(CommandSyntax command, string option, Token value, string expected) =>
        new(new Diagnostic("SPL121", $"`{option}` of `{command.Name}` is {expected}, not `{value.Text}`", value.Span, null, DiagnosticKind.Type));

    internal static SplException Missing(CommandSyntax command, string what) =>
        new(new Diagnostic("SPL122", $"`{command.Name}` needs {what}", command.Span, null));

    internal static SplException Unsupported(CommandSyntax command, string what, Span at, string? help = null) =>
        new(new Diagnostic("SPL123", $"{what} is not supported in `{command.Name}`", at, help, DiagnosticKind.Unsupported));

    internal static SplException UnequalStars(string from, string to, Span at) =>
        new(new Diagnostic("SPL124", $"`{from}` and `{to}` have different numbers of `*`", at, "each `*` of the first name stands for one of the second"));

    internal static SplException MakesRows(CommandSyntax command) =>
        new(new Diagnostic("SPL126", $"`{command.Name}` makes rows and can only be the first command", command.NameSpan, $"begin the search, or a subsearch, with `| {command.Name}`"));

    internal static SplException NoWildcard(CommandSyntax command, Token field) =>
        new(new Diagnostic("SPL125", $"`{command.Name}` takes no wildcard, and `{field.Text}` has one", field.Span, "name the fields, or use `foreach`"));
}
