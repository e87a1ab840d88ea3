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

    internal static Diagnostic NoDataset(DataModel model, string dataset, Span at) =>
        new("KNW005", $"the data model `{model.Name}` has no dataset `{dataset}`", at,
            $"it has {string.Join(", ", model.Datasets.Take(20).Select(known => known.Name))}", DiagnosticKind.Name);

    internal static Diagnostic UnusableModel(string name, string reason, Span at) =>
        new("KNW006", $"the data model `{name}` cannot be read: {reason}", at, null, DiagnosticKind.Unsupported);

    internal static Diagnostic UnusableDataset(Dataset dataset, Span at) =>
        new("KNW007", $"the dataset `{dataset.Name}` cannot be searched: {dataset.Unsupported}", at, null, DiagnosticKind.Unsupported);
}
