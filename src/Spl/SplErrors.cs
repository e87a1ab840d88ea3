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

    /// <summary>The text holds no command.</summary>
    public static Diagnostic EmptySearch(Span at) =>
        new("SPL003", "the search is empty", at, "`index=main` is a search");

    /// <summary>Nothing stands behind a pipe.</summary>
    public static Diagnostic NoCommand(Span at) =>
        new("SPL004", "there is no command here", at, "a pipe stands between two commands");

    /// <summary>A stage begins with something that is no command name.</summary>
    public static Diagnostic CommandExpected(Span at) =>
        new("SPL005", "a command name must stand here", at, "to filter, begin with `search` or `where`");

    /// <summary>A quote that nothing closes.</summary>
    public static Diagnostic OpenQuote(char quote, Span at) =>
        new("SPL006", $"the quote `{quote}` is not closed", at, quote == '"' ? "within quotes, write `\\\"` for a quote" : null);

    /// <summary>A comment that nothing closes.</summary>
    public static Diagnostic OpenComment(Span at) =>
        new("SPL007", "the comment is not closed", at, "a comment ends with three backticks");

    /// <summary>A macro call that nothing closes.</summary>
    public static Diagnostic OpenMacro(Span at) =>
        new("SPL008", "the macro call is not closed", at, "a macro call ends with a backtick");

    /// <summary>Text between backticks that is no macro call.</summary>
    public static Diagnostic MalformedMacro(Span at) =>
        new("SPL009", "this is no macro call", at, "write `name` or `name(argument, ...)` between backticks");

    /// <summary>A bracket that nothing closes.</summary>
    public static Diagnostic Unclosed(char open, char close, Span at) =>
        new("SPL026", $"`{open}` is not closed", at, $"add `{close}`");

    /// <summary>A bracket that closes nothing.</summary>
    public static Diagnostic Unopened(char close, char open, Span at) =>
        new("SPL011", $"`{close}` closes nothing", at, $"remove it, or add `{open}` before");

    /// <summary>Nested too deep.</summary>
    public static Diagnostic TooDeep(string what, int limit, Span at) =>
        new("SPL012", $"{what} are nested deeper than {limit}", at);

    /// <summary>A filter needs something else here.</summary>
    public static Diagnostic FilterExpected(string what, Token found) =>
        new("SPL013", found.Kind == TokenKind.End ? $"{what} must stand here" : $"{what} must stand here, not `{Short(found.Text)}`", found.Span,
            found.Kind == TokenKind.Operator ? "a value that holds `=`, `<` or `>` stands in quotes" : null);

    /// <summary>An eval expression needs something else here.</summary>
    public static Diagnostic EvalExpected(string what, string found, Span at) =>
        new("SPL014", found.Length == 0 ? $"{what} must stand here" : $"{what} must stand here, not `{Short(found)}`", at);

    /// <summary>A character that eval knows no use for.</summary>
    public static Diagnostic EvalCharacter(char found, Span at) =>
        new("SPL015", $"eval has no use for `{found}` outside quotes", at, "a field name with such characters stands in single quotes, text in double quotes");

    /// <summary>A bare name that begins with a digit.</summary>
    public static Diagnostic LeadingDigit(string found, Span at) =>
        new("SPL016", $"`{found}` is neither a number nor a name", at, $"'{found}' is the field of that name");

    /// <summary>Nobody defines the macro.</summary>
    public static Diagnostic UnknownMacro(string key, Span at, bool quoted) =>
        new("SPL017", $"no macro `{key}` is defined", at, null, DiagnosticKind.Name, quoted ? Severity.Warning : Severity.Error);

    /// <summary>A macro calls itself.</summary>
    public static Diagnostic MacroCycle(string path, Span at) =>
        new("SPL018", $"the macro calls itself: {path}", at);

    /// <summary>A bound of macro expansion was reached.</summary>
    public static Diagnostic MacroLimit(string what, int limit, Span at) =>
        new("SPL019", $"macros expand to more than {limit} {what}", at);

    /// <summary>A macro's arguments do not pass its validation.</summary>
    public static Diagnostic MacroRefuses(string key, string? message, Span at) =>
        new("SPL020", message is null ? $"macro `{key}` does not accept these arguments" : $"macro `{key}` does not accept these arguments: {message}", at);

    /// <summary>A macro needs an evaluator that is not there.</summary>
    public static Diagnostic MacroNeedsEvaluator(string key, string what, Span at) =>
        new("SPL021", $"macro `{key}` has {what}, which cannot be evaluated here", at, null, DiagnosticKind.Unsupported);

    /// <summary>A regular expression whose brackets do not pair.</summary>
    public static Diagnostic Regex(string problem, Span at) =>
        new("SPL022", $"in the regular expression {problem}", at);

    /// <summary>More operators than an expression may have.</summary>
    public static Diagnostic TooLong(int limit, Span at) =>
        new("SPL023", $"the expression has more than {limit} operators", at, "`in(field, ...)` or a lookup holds a long list");

    /// <summary>A lower-case operator word in a filter.</summary>
    public static Diagnostic LowerCaseOperator(string word, Span at) =>
        new("SPL024", $"`{word}` is looked for as a word here; operators are written in capitals", at, word.ToUpperInvariant(), DiagnosticKind.Style, Severity.Warning);

    /// <summary>Two bare names with a dot between.</summary>
    public static Diagnostic DottedName(string text, Span at) =>
        new("SPL025", $"`{text}` joins the values of two fields", at, $"'{text}' is the field of that name", DiagnosticKind.Style, Severity.Warning);

    static string Short(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "...");
}
