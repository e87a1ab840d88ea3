using Karst.Engine.Aggregates;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>
/// One aggregate of a command: `sum(bytes) AS total`. <see cref="Field"/> may be a pattern (`values(a*)`), <see cref="Eval"/> is the
/// expression of `count(eval(...))`; without either, rows are counted. <see cref="Name"/> is the column's name, a pattern too when the field is one.
/// </summary>
public sealed record Aggregation(Aggregate Function, double Number, string? Field, BoundExpression? Eval, string Name, Span At)
{
    /// <summary>The field is a pattern: one column for each field that it covers.</summary>
    public bool IsPattern => Field is not null && FieldArgument.IsPattern(Field);

    /// <summary>The same aggregate with the constant parts of its expression computed.</summary>
    public Aggregation Fold() => Eval is null ? this : this with { Eval = Eval.Fold() };

    /// <summary>The state for one group.</summary>
    public Accumulator Open(RunContext run, bool allNumbers)
    {
        var accumulator = Function.Open(Number, run);
        return allNumbers && Function.IsNumeric ? new AllNumbers(accumulator) : accumulator;
    }

    /// <summary>The fields that must be there before the command.</summary>
    public IEnumerable<string> Reads =>
        [.. Field is null ? [] : (string[])[Field], .. Eval?.Fields ?? [], .. Function.NeedsTime ? (string[])["_time"] : []];

    /// <summary>The column's name for a field that the pattern covers.</summary>
    internal string NameFor(string field)
    {
        var captured = Plans.Wildcard.Capture(Field!, field)!;
        var next = 0;
        return string.Concat(Name.Split('*').SelectMany((part, i) => i == 0 ? [part] : new[] { captured[next++], part }));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var input = Eval is not null ? $"(eval({Eval.Text}))" : Field is not null ? $"({Field})" : "";
        var number = double.IsNaN(Number) ? "" : Events.NumberText.Format(Number);
        return $"{Function.Name}{number}{input} AS \"{Name}\"";
    }
}
