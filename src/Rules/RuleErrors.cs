using Karst.Spl;

namespace Karst.Rules;

/// <summary>All messages of this room, so that they speak with one voice.</summary>
static class RuleErrors
{
    public static Diagnostic NotYaml(string message) => Schema("RUL001", $"the file is not YAML: {message}");

    public static Diagnostic Circular(string anchor) => Schema("RUL002", $"the anchor `{anchor}` contains itself");

    public static Diagnostic UnknownAnchor(string anchor) => Schema("RUL002", $"no anchor `&{anchor}` stands before `*{anchor}`");

    public static Diagnostic TooDeep(int limit) => Schema("RUL003", $"values are nested deeper than {limit} levels");

    public static Diagnostic TooLarge(string what, long limit) => Schema("RUL003", $"the file has more than {limit} {what}");

    public static Diagnostic Unreadable(string message) => Schema("RUL004", $"the file cannot be read: {message}");

    public static Diagnostic Missing(string field) => MissingOf("a rule", field);

    public static Diagnostic MissingOf(string what, string field) => Schema("RUL005", $"{what} needs `{field}`", $"{field}: …");

    public static Diagnostic WrongType(string field, string wanted, string found) => Schema("RUL006", $"`{field}` needs {wanted}, not {found}");

    public static Diagnostic Unknown(string field, string value, string known) => Schema("RUL007", $"`{value}` is no {field}", $"{field} is one of {known}");

    public static Diagnostic DuplicateId(string id, string other) => Schema("RUL008", $"the id {id} belongs to {other} too");

    public static Diagnostic DuplicateKey(string key) => Schema("RUL009", $"`{key}` stands here a second time; the first one counts") with { Severity = Severity.Warning };

    public static Diagnostic SecondDocument() =>
        Schema("RUL013", "a second document begins here; only the first is read, a rule needs a file of its own");

    public static Diagnostic NoRule(string what) => Schema("RUL010", $"the file is no detection rule: {what}");

    public static Diagnostic NoSuchPath() => Schema("RUL011", "there is no such file or folder");

    public static Diagnostic Ignored(string field, string message) => Schema("RUL012", $"`{field}`: {message}") with { Severity = Severity.Warning };

    static Diagnostic Schema(string code, string message, string? help = null) =>
        new(code, message, default, help, DiagnosticKind.Schema);
}
