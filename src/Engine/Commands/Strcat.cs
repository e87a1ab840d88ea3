using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts texts together (Splunk search reference, strcat).</summary>
sealed class Strcat : Command
{
    public override string Name => "strcat";

    public override string Usage => "strcat [allrequired=<bool>] (<field>|\"<text>\")... <newfield>";

    public override string Summary => "Puts the values of fields and texts in quotes together in a new field.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var needsAll = false;
        var parts = new List<Token>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (!reader.TryOption(out var name, out var value)) parts.Add(FieldArgument.Take(reader, "a field name or a text in quotes"));
            else needsAll = name == "allrequired" ? OptionValue.Bool(syntax, name, value) : throw CommandErrors.UnknownOption(syntax, name, value.Span, "allrequired");
        }
        if (parts.Count < 2) throw CommandErrors.Missing(syntax, "something to put together, and last the name of the new field");
        foreach (var part in parts)
            if (part.Kind != TokenKind.Quoted && FieldArgument.IsPattern(part.Value)) throw CommandErrors.NoWildcard(syntax, part);
        return new StrcatStage([.. parts[..^1].Select(part => new StrcatPart(part.Value, part.Kind == TokenKind.Quoted))], parts[^1].Value, needsAll) { At = syntax.Span };
    }
}

/// <summary>A text as it is, or the name of a field.</summary>
public sealed record StrcatPart(string Text, bool IsText);

/// <summary>Parts in a row in a new field; a missing field is empty, or leaves the row as it is when all are needed.</summary>
public sealed record StrcatStage(IReadOnlyList<StrcatPart> Parts, string Target, bool NeedsAll) : Stage
{
    /// <inheritdoc/>
    public override string Command => "strcat";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) =>
        (NeedsAll ? after : after.Without(Target)).With(Parts.Where(part => !part.IsText).Select(part => part.Text));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ConcatOperator(this);

    /// <inheritdoc/>
    public override string Describe() =>
        $"strcat {(NeedsAll ? "allrequired=true " : "")}{string.Join(' ', Parts.Select(part => part.IsText ? $"\"{part.Text}\"" : part.Text))} {Target}";

    sealed class ConcatOperator(StrcatStage stage) : Operator
    {
        public override bool Push(Batch batch)
        {
            var before = batch.Find(stage.Target)?.Values;
            var sources = stage.Parts.Select(part => part.IsText ? null : batch.Find(part.Text)?.Values).ToArray();
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++)
                values[row] = Together(sources, row) is { } text ? Value.FromText(text) : before is null ? Value.Null : before[row];
            return Next.Push(batch.With(stage.Target, values));
        }

        string? Together(Value[]?[] sources, int row)
        {
            var texts = new string[sources.Length];
            for (var part = 0; part < texts.Length; part++)
            {
                if (stage.Parts[part].IsText) texts[part] = stage.Parts[part].Text;
                else if (sources[part] is { } values && !values[row].IsNull) texts[part] = values[row].ToString();
                else if (stage.NeedsAll) return null;
            }
            return string.Concat(texts);
        }
    }
}
