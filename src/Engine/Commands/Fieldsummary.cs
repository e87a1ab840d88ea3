using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Describes fields (Splunk search reference, fieldsummary).</summary>
sealed class Fieldsummary : Command
{
    public override string Name => "fieldsummary";

    public override string Usage => "fieldsummary [maxvals=<count>] [<field>...]";

    public override string Summary => "Describes each field: how many rows have it, its numbers, its most frequent values.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var most = 100;
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (!reader.TryOption(out var name, out var value)) fields.Add(FieldArgument.Take(reader).Value);
            else if (name == "maxvals") most = OptionValue.Whole(syntax, name, value);
            else throw CommandErrors.UnknownOption(syntax, name, value.Span, "maxvals");
        }
        return new FieldsummaryStage(fields, most) { At = syntax.Span };
    }
}

/// <summary>A row for each field, of those named or all that are not internal, with at most so many values (0 is all).</summary>
public sealed record FieldsummaryStage(IReadOnlyList<string> Fields, int Most) : Stage
{
    /// <inheritdoc/>
    public override string Command => "fieldsummary";

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Fields.Count == 0 ? FieldSet.All : FieldSet.Of(Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FieldsummaryOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"fieldsummary {string.Join(' ', Fields)}".TrimEnd();
}
