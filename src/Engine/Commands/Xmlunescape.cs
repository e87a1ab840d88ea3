using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Turns the entities of XML back into characters (Splunk search reference, xmlunescape).</summary>
sealed class Xmlunescape : Command
{
    public override string Name => "xmlunescape";

    public override string Usage => "xmlunescape [maxinputs=<count>]";

    public override string Summary => "Turns `&amp;`, `&lt;` and `&gt;` in the raw text back into the characters they stand for.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            // How many events are handed over at once does not matter here.
            if (name != "maxinputs") throw CommandErrors.UnknownOption(syntax, name, value.Span, "maxinputs");
            OptionValue.Whole(syntax, name, value);
        }
        return new XmlunescapeStage { At = syntax.Span };
    }
}

/// <summary>`_raw` with three entities turned back; what that makes is not looked at again.</summary>
public sealed record XmlunescapeStage : Stage
{
    const string Field = "_raw";

    /// <inheritdoc/>
    public override string Command => "xmlunescape";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Field);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ValueOperator(Field, Unescaped);

    static Value Unescaped(Value value)
    {
        if (value.IsMultivalue)
        {
            var many = new Value[value.Count];
            for (var i = 0; i < many.Length; i++) many[i] = Unescaped(value[i]);
            return Value.FromMany(many);
        }
        if (!value.IsText || !value.Utf8.Contains((byte)'&')) return value;
        return Value.FromText(value.ToString().Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal));
    }
}
