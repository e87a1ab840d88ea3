using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds up numbers of a row, and of columns.</summary>
sealed class Addtotals : Command
{
    public override string Name => "addtotals";

    public override string Usage => "addtotals [row=<bool>] [col=<bool>] [fieldname=<field>] [labelfield=<field>] [label=<text>] [<field>...]";

    public override string Summary => "Adds a field with the sum of each row's numbers, and with `col=true` a row with the sums of the columns.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new AddtotalsStage([]) { At = syntax.Span };
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (!reader.TryOption(out var name, out var value)) fields.Add(FieldArgument.Take(reader).Value);
            else
            {
                stage = name switch
                {
                    "row" => stage with { AddsField = OptionValue.Bool(syntax, name, value) },
                    "col" => stage with { AddsRow = OptionValue.Bool(syntax, name, value) },
                    "fieldname" => stage with { Target = value.Value },
                    "labelfield" => stage with { LabelField = value.Value },
                    "label" => stage with { Label = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "row", "col", "fieldname", "labelfield", "label"),
                };
            }
        }
        return stage with { Fields = fields };
    }
}

/// <summary>Sums of rows and columns over the named fields, or over all that are not internal.</summary>
public sealed record AddtotalsStage(IReadOnlyList<string> Fields) : Stage
{
    /// <summary>Each row gets its sum.</summary>
    public bool AddsField { get; init; } = true;

    /// <summary>A last row gets the sums of the columns.</summary>
    public bool AddsRow { get; init; }

    /// <summary>The field of the sum.</summary>
    public string Target { get; init; } = "Total";

    /// <summary>The field of the last row that gets the label.</summary>
    public string? LabelField { get; init; }

    /// <summary>What the last row is called.</summary>
    public string Label { get; init; } = "Total";

    /// <inheritdoc/>
    public override string Command => "addtotals";

    /// <inheritdoc/>
    public override bool IsRowwise => !AddsRow;

    /// <inheritdoc/>
    public override bool NeedsOrder => AddsRow;

    /// <inheritdoc/>
    public override FieldSet Writes => AddsRow ? FieldSet.All : FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => !AddsField && !AddsRow ? after : Fields.Count == 0 ? FieldSet.All : after.With(Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TotalsOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"addtotals fieldname={Target} {string.Join(' ', Fields)}".TrimEnd();

    sealed class TotalsOperator(AddtotalsStage stage) : Operator
    {
        readonly string[] _fields = stage.Fields.Count == 0 ? ["*"] : [.. stage.Fields];
        readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);
        readonly List<string> _names = [];

        public override bool Push(Batch batch)
        {
            var columns = FieldArgument.Pick(_fields, batch);
            columns.RemoveAll(column => column.Name == stage.Target && stage.AddsField);
            // Sums of fractions depend on their order, which must not be that in which rows happened to have the fields first.
            columns.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
            var totals = new double[batch.Count];
            foreach (var column in columns)
                for (var row = 0; row < batch.Count; row++)
                    if (column.Values[row].TryNumber(out var number)) totals[row] += number;
            if (stage.AddsField) batch = batch.With(stage.Target, Array.ConvertAll(totals, Value.FromNumber));
            if (stage.AddsRow)
                foreach (var column in stage.AddsField ? columns.Append(batch.Find(stage.Target)!) : columns) Sum(column, batch.Count);
            return Next.Push(batch);
        }

        public override void Finish()
        {
            if (stage.AddsRow)
            {
                var columns = _names.Select(name => new Column(name, [Value.FromNumber(_sums[name])])).ToList();
                if (stage.LabelField is { } label)
                {
                    columns.RemoveAll(column => column.Name == label);
                    columns.Add(new Column(label, [Value.FromText(stage.Label)]));
                }
                Next.Push(new Batch(1, [.. columns]));
            }
            Next.Finish();
        }

        void Sum(Column column, int count)
        {
            for (var row = 0; row < count; row++)
            {
                if (!column.Values[row].TryNumber(out var number)) continue;
                if (_sums.TryAdd(column.Name, number)) _names.Add(column.Name);
                else _sums[column.Name] += number;
            }
        }
    }
}
