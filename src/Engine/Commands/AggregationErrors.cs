using Karst.Engine.Aggregates;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What is said of aggregates that cannot be bound, in one voice.</summary>
static class AggregationErrors
{
    internal static SplException Unknown(Token name, string? nearest) =>
        new(new Diagnostic("SPL211", $"there is no aggregate `{name.Text}`", name.Span, nearest is null ? null : $"`{nearest}` is one", DiagnosticKind.Name));

    internal static SplException NeedsPercent(Aggregate function, Token name) =>
        new(new Diagnostic("SPL212", $"`{name.Text}` needs a percentage from 0 to 100 in its name", name.Span, $"`{function.Name}95(field)`", DiagnosticKind.Type));

    internal static SplException NeedsField(Aggregate function, Token name) =>
        new(new Diagnostic("SPL213", $"`{name.Text}` needs a field", name.Span, $"`{function.Usage}`", DiagnosticKind.Type));

    internal static SplException OneField(Token name, Token found) =>
        new(new Diagnostic("SPL214", $"`{name.Text}` takes one field, and has no use for `{found.Text}`", found.Span, "a name with blanks stands in double quotes"));

    internal static SplException SameName(string name, Span at) =>
        new(new Diagnostic("SPL215", $"two aggregates are named `{name}`", at, "give one of them another name with AS", DiagnosticKind.Name));

    internal static SplException NoAggregate(Span at) =>
        new(new Diagnostic("SPL217", "the expression has no aggregate", at, "`eval(sum(bytes)/count(bytes))`; `count(eval(...))` counts rows by a condition", DiagnosticKind.Type));

    internal static SplException FieldInFormula(string field, Span at) =>
        new(new Diagnostic("SPL218", $"a cell has no `{field}`, only aggregates", at, $"an aggregate of the field, such as `max({field})`", DiagnosticKind.Type));

    internal static SplException NamedAsKey(string name, Span at) =>
        new(new Diagnostic("SPL216", $"the column `{name}` has the name of a BY field", at, "give it another name with AS", DiagnosticKind.Name));
}
