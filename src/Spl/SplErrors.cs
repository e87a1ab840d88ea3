namespace Karst.Spl;

/// <summary>All messages of this room, so that they speak with one voice.</summary>
public static class SplErrors
{
    /// <summary>Something else was needed here.</summary>
    public static Diagnostic Expected(string what, Token found, CommandSyntax command) =>
        new("SPL001", found.Kind == TokenKind.End
            ? $"`{command.Name}` needs {what} here"
            : $"`{command.Name}` needs {what}, not `{found.Text}`", found.Span);

    /// <summary>A token that the command has no use for.</summary>
    public static Diagnostic Unexpected(Token found, CommandSyntax command) =>
        new("SPL002", $"`{command.Name}` has no use for `{found.Text}` here", found.Span);
}
