using Karst.Spl;

namespace Karst.Engine.Search;

/// <summary>What the search command says of searches it cannot run.</summary>
public static class SearchErrors
{
    /// <summary>A macro call is left that nobody defines.</summary>
    public static Diagnostic UndefinedMacro(MacroCall call) =>
        new("ENG010", $"no app defines the macro `{call.Key}`", call.Span, "name the folder that defines it with --app", DiagnosticKind.Name);

    /// <summary>A subsearch stands where no rows can be fetched.</summary>
    public static Diagnostic NoSubsearch(Span at) =>
        new("ENG011", "a subsearch cannot stand here", at, null, DiagnosticKind.Unsupported);

    /// <summary>Index-time ranges cannot be honoured.</summary>
    public static Diagnostic IndexTime(string field, Span at) =>
        new("ENG012", $"`{field}` asks for the time of indexing, which raw logs do not have", at, "use earliest and latest", DiagnosticKind.Unsupported);

    /// <summary>A time modifier cannot be read.</summary>
    public static Diagnostic BadTime(string name, string text, Span at) =>
        new("ENG013", $"`{name}` has no time `{text}`", at, "`-24h@h`, `@d`, epoch seconds, or `%m/%d/%Y:%H:%M:%S`");

    /// <summary>A time modifier stands beneath OR or NOT, or with another operator than `=`.</summary>
    public static Diagnostic TimeWithin(string name, Span at) =>
        new("ENG014", $"`{name}` limits the whole search and cannot stand beneath OR or NOT", at, $"`{name}=...` among the terms that must all hold", DiagnosticKind.Unsupported);

    /// <summary>A time modifier that newer ones replaced.</summary>
    public static Diagnostic OldTime(string name, Span at) =>
        new("ENG015", $"the time modifier `{name}` is not supported", at, "use `earliest` and `latest`", DiagnosticKind.Unsupported);

    /// <summary>A subsearch stands where a value is wanted.</summary>
    public static Diagnostic SubsearchAsValue(Span at) =>
        new("ENG016", "a subsearch is not supported as the value of a field", at, "write it as a term of its own: it gives `field=\"value\"` by itself, with the field's name", DiagnosticKind.Unsupported);

    /// <summary>A text that has to be a filter has commands behind it.</summary>
    public static Diagnostic NotOnlyFilter(Span at) =>
        new("ENG017", "only a filter can stand here, and it has commands behind it", at, null, DiagnosticKind.Unsupported);
}
