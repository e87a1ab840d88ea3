using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Replaces whole values of fields.</summary>
sealed class Replace : Command
{
    public override string Name => "replace";

    public override string Usage => "replace <text> WITH <text> [, <text> WITH <text>]... [IN <field>...]";

    public override string Summary => "Replaces whole values; a `*` in both texts stands for the same part.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var replacements = new List<Renaming>();
        string[] fields = [];
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            if (replacements.Count > 0 && reader.TryKeyword("in"))
            {
                fields = FieldArgument.TakeRest(reader);
                break;
            }
            var from = reader.TakeField("a value");
            if (!reader.TryKeyword("with")) throw ArgumentReader.Error(SplErrors.Expected("`WITH`", reader.Peek(), syntax));
            var to = reader.TakeField("a value");
            if (to.Value.Count(letter => letter == '*') is > 0 and var stars && stars != from.Value.Count(letter => letter == '*'))
                throw CommandErrors.UnequalStars(from.Value, to.Value, from.Span.To(to.Span));
            replacements.Add(new Renaming(from.Value, to.Value));
        }
        if (replacements.Count == 0) throw CommandErrors.Missing(syntax, "`<text> WITH <text>`");
        return new ReplaceStage(replacements, fields) { At = syntax.Span };
    }
}

/// <summary>Values replaced in the named fields, or in all that are not internal.</summary>
public sealed record ReplaceStage(IReadOnlyList<Renaming> Replacements, IReadOnlyList<string> Fields) : Stage
{
    /// <inheritdoc/>
    public override string Command => "replace";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => Fields.Count == 0 ? FieldSet.All : FieldSet.Of(Fields);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ReplaceOperator(this);

    /// <inheritdoc/>
    public override string Describe() =>
        $"replace {string.Join(", ", Replacements.Select(pair => $"\"{pair.From}\" WITH \"{pair.To}\""))}{(Fields.Count == 0 ? "" : $" IN {string.Join(' ', Fields)}")}";

    sealed class ReplaceOperator(ReplaceStage stage) : Operator
    {
        readonly string[] _fields = stage.Fields.Count == 0 ? ["*"] : [.. stage.Fields];

        public override bool Push(Batch batch)
        {
            foreach (var column in FieldArgument.Pick(_fields, batch))
            {
                var values = new Value[batch.Count];
                for (var row = 0; row < values.Length; row++) values[row] = Changed(column.Values[row]);
                batch = batch.With(column.Name, values);
            }
            return Next.Push(batch);
        }

        Value Changed(Value value)
        {
            if (value.IsNull) return value;
            if (value.IsMultivalue)
            {
                var many = new Value[value.Count];
                for (var i = 0; i < many.Length; i++) many[i] = Changed(value[i]);
                return Value.FromMany(many);
            }
            var text = value.ToString();
            foreach (var replacement in stage.Replacements)
                if (replacement.IsPattern ? Wildcard.Matches(replacement.From, text) : replacement.From == text)
                    return Value.FromText(Filled(replacement, text));
            return value;
        }

        static string Filled(Renaming replacement, string text)
        {
            var captured = Wildcard.Capture(replacement.From, text)!;
            return string.Concat(replacement.To.Split('*').Select((part, i) => i > 0 ? captured[i - 1] + part : part));
        }
    }
}
