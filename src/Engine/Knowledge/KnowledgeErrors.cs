using Karst.Engine.Knowledge.Lookups;
using Karst.Spl;

namespace Karst.Engine.Knowledge;

/// <summary>All messages about lookups, models and other knowledge, so that they speak with one voice.</summary>
static class KnowledgeErrors
{
    internal static Diagnostic NoLookup(string name, Span at) =>
        new("KNW001", $"no lookup `{name}` is defined, and no lookup file has that name", at,
            "an app or collection that has it can be given with --app", DiagnosticKind.Name);

    internal static Diagnostic UnusableLookup(string name, string reason, Span at) =>
        new("KNW002", $"the lookup `{name}` cannot be used: {reason}", at, null, DiagnosticKind.Unsupported);

    internal static Diagnostic NoColumn(LookupSpec spec, string column, IReadOnlyList<string> columns) =>
        new("KNW003", $"the lookup `{spec.Name}` has no column `{column}`", spec.At, $"its columns are {string.Join(", ", columns)}", DiagnosticKind.Name);

    internal static Diagnostic NoModel(string name, Span at) =>
        new("KNW004", $"no data model `{name}` is defined", at, "an app that has it can be given with --app", DiagnosticKind.Name);

    internal static Diagnostic NoDataset(string model, string dataset, Span at) =>
        new("KNW005", $"the data model `{model}` has no dataset `{dataset}`", at, null, DiagnosticKind.Name);
}
