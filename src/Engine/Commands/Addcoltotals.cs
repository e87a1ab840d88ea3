using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Adds a row with the sums of the columns (Splunk search reference, addcoltotals): `addtotals row=false col=true`.</summary>
sealed class Addcoltotals : Command
{
    public override string Name => "addcoltotals";

    public override string Usage => "addcoltotals [labelfield=<field>] [label=<text>] [<field>...]";

    public override string Summary => "Adds a last row with the sums of the columns.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new AddtotalsStage([]) { AddsField = false, AddsRow = true, At = syntax.Span };
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (!reader.TryOption(out var name, out var value)) fields.Add(FieldArgument.Take(reader).Value);
            else
            {
                stage = name switch
                {
                    "labelfield" => stage with { LabelField = value.Value },
                    "label" => stage with { Label = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "labelfield", "label"),
                };
            }
        }
        return stage with { Fields = fields };
    }
}
