using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes one text of several values.</summary>
sealed class Nomv : Command
{
    public override string Name => "nomv";

    public override string Usage => "nomv <field>";

    public override string Summary => "Makes one text of a field's values, a line each.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var field = FieldArgument.Take(reader).Value;
        reader.ExpectEnd();
        return new NomvStage(field) { At = syntax.Span };
    }
}

/// <summary>Several values joined by newlines.</summary>
public sealed record NomvStage(string Field) : Stage
{
    /// <inheritdoc/>
    public override string Command => "nomv";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Field);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ValueOperator(Field, static value => value.IsMultivalue ? Value.FromText(value.ToString()) : value);

    /// <inheritdoc/>
    public override string Describe() => $"nomv {Field}";
}
