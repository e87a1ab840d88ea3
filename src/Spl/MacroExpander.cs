namespace Karst.Spl;

/// <summary>
/// Evaluates an eval expression without fields, for macros that need it: the text of the result (Booleans are `true` and `false`), or null.
/// May throw <see cref="SplException"/>.
/// </summary>
public delegate string? MacroEvaluator(string expression);

/// <summary>Expands macros textually, as Splunk does before it parses.</summary>
public static class MacroExpander
{
    /// <summary>The longest text that macros may expand to, in UTF-16 units.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>The most macro calls that one search may expand to.</summary>
    public const int MaxCalls = 10_000;

    /// <summary>The most text that is read in expanding one search, definitions of nothing but calls and comments included.</summary>
    public const int MaxRead = 16 << 20;

    /// <summary>Macros within macros; more is a diagnostic.</summary>
    public const int MaxDepth = 100;

    /// <summary>
    /// Expands all calls, inner ones too. A call that cannot be expanded stays in place and is a diagnostic: a macro that nobody defines,
    /// one that calls itself at any depth, one whose arguments are not accepted, and an expansion beyond the limits.
    /// </summary>
    public static Expansion Expand(string text, IMacroSource macros, MacroEvaluator? evaluator = null) =>
        text.Contains('`', StringComparison.Ordinal) ? new MacroExpansion(text, macros, evaluator).Run() : new Expansion(text, [], [], static position => position);
}
