using Karst.Rules;
using Karst.Spl;

namespace Karst.Catalog;

/// <summary>All messages of this room, so that they speak with one voice.</summary>
static class CatalogErrors
{
    public static Diagnostic TwoOfOneVersion(Rule rule, string other) =>
        new("CAT001", $"{other} has the same id {rule.Id} and the same version {rule.Version}, and stands in the catalogue instead", default, "one of them needs an id of its own, or a higher version", DiagnosticKind.Schema);

    public static Diagnostic OneSlug(string name, string other) =>
        new("CAT002", $"the rule shares its address with {other}: a hash tells them apart", default, $"a name of its own, not `{name}`", DiagnosticKind.Schema, Severity.Warning);

    public static Diagnostic UnknownTechnique(string id) =>
        new("CAT003", $"ATT&CK has no technique `{id}`", default, null, DiagnosticKind.Name, Severity.Warning);

    public static Diagnostic OldTechnique(string id, string status, string? successor) =>
        new("CAT004", $"the technique {id} is {status}", default, successor is null ? null : $"{successor} took its place", DiagnosticKind.Name, Severity.Warning);
}
