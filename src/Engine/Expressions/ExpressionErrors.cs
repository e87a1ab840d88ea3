using Karst.Spl;

namespace Karst.Engine.Expressions;

/// <summary>What is said of expressions that cannot be bound, in one voice.</summary>
public static class ExpressionErrors
{
    /// <summary>Nobody knows the function.</summary>
    public static SplException UnknownFunction(string name, string? nearest, Span at) =>
        new(new Diagnostic("SPL201", $"there is no eval function `{name}`", at, nearest is null ? null : $"`{nearest}` is one", DiagnosticKind.Name));

    /// <summary>A function is called with too many or too few arguments.</summary>
    public static SplException Arity(string name, string usage, int given, Span at) =>
        new(new Diagnostic("SPL202", $"`{name}` is called with {given} {(given == 1 ? "argument" : "arguments")}", at, usage, DiagnosticKind.Type));

    /// <summary>A Boolean cannot be put into a field.</summary>
    public static SplException BooleanResult(string target, Span at) =>
        new(new Diagnostic("SPL203", $"eval cannot put a Boolean into `{target}`", at, "`if(..., \"true\", \"false\")` makes a text of it", DiagnosticKind.Type));

    /// <summary>Something that is no condition stands where one is needed.</summary>
    public static SplException NotBoolean(string what, Span at) =>
        new(new Diagnostic("SPL204", $"{what} needs a condition here", at, "a comparison, or a function such as `isnotnull` or `match`", DiagnosticKind.Type));

    /// <summary>A macro call is left that nobody defines.</summary>
    public static SplException UndefinedMacro(MacroCall call) =>
        new(new Diagnostic("ENG010", $"no app defines the macro `{call.Key}`", call.Span, "name the folder that defines it with --app", DiagnosticKind.Name));

    /// <summary>The expression nests too deep.</summary>
    public static SplException TooDeep(Span at) =>
        new(new Diagnostic("SPL205", "the expression nests too deep", at, "split it into several assignments"));

    /// <summary>An argument that must be of a certain form.</summary>
    public static SplException BadArgument(string function, string needs, string found, Span at) =>
        new(new Diagnostic("SPL206", $"`{function}` needs {needs}, not `{found}`", at, null, DiagnosticKind.Type));

    /// <summary>A regular expression that cannot be compiled.</summary>
    public static SplException BadRegex(string pattern, string why, Span at) =>
        new(new Diagnostic("SPL207", $"the regular expression `{Shorten(pattern)}` cannot be used: {why}", at, null, DiagnosticKind.Type));

    /// <summary>A regular expression with a feature that cannot be run exactly.</summary>
    public static SplException UnsupportedRegex(string pattern, string feature, Span at) =>
        new(new Diagnostic("SPL208", $"{feature} in the regular expression `{Shorten(pattern)}` is not supported", at, null, DiagnosticKind.Unsupported));

    /// <summary>A part of a function that cannot be run exactly.</summary>
    public static SplException Unsupported(string what, Span at, string? help = null) =>
        new(new Diagnostic("SPL209", $"{what} is not supported", at, help, DiagnosticKind.Unsupported));

    static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
