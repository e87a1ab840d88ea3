using Karst.Engine.Plans;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the rows in which a field matches a regular expression.</summary>
sealed class Regex : Command
{
    public override string Name => "regex";

    public override string Usage => "regex [<field>=|<field>!=]\"<regex>\"";

    public override string Summary => "Keeps the rows in which a field matches a regular expression, or with `!=` does not.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        if (reader.AtEnd) throw CommandErrors.Missing(syntax, "a regular expression");
        var field = "_raw";
        var keepsMatches = true;
        if (reader.Peek(1) is { Kind: TokenKind.Operator, Text: "=" or "==" or "!=" })
        {
            field = reader.TakeField().Value;
            keepsMatches = reader.Take().Text != "!=";
        }
        var pattern = TakePattern(reader);
        return new RegexStage(field, keepsMatches, PcreRegex.Compile(pattern.Value, pattern.Span)) { At = syntax.Span };
    }

    // Without quotes the expression is everything up to the end of the command.
    static Token TakePattern(ArgumentReader reader)
    {
        var first = reader.Take();
        if (first.Kind == TokenKind.End) throw CommandErrors.Missing(reader.Command, "a regular expression");
        if (reader.AtEnd && (first.Kind is TokenKind.Quoted or TokenKind.Word)) return first;
        var span = Span.FromBounds(first.Span.Start, reader.Command.Span.End);
        var text = reader.Command.Source.Substring(span.Start, span.Length).TrimEnd();
        return new Token(TokenKind.Word, text, text, span, true);
    }
}

/// <summary>The rows in which the field matches, or those in which it does not; a row without the field does not match.</summary>
public sealed record RegexStage(string Field, bool KeepsMatches, PcreRegex Pattern) : Stage
{
    /// <inheritdoc/>
    public override string Command => "regex";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet? FilterReads => FieldSet.Of(Field);

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new RegexOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"regex {Field}{(KeepsMatches ? "=" : "!=")}\"{Pattern.Pattern}\"";

    sealed class RegexOperator(RegexStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            var column = batch.Find(stage.Field);
            var kept = new List<int>(batch.Count);
            for (var row = 0; row < batch.Count; row++)
            {
                var matches = column is not null && stage.Pattern.IsMatch(column.Values[row], run);
                if (matches == stage.KeepsMatches) kept.Add(row);
            }
            if (kept.Count == batch.Count) return Next.Push(batch);
            return kept.Count == 0 || Next.Push(batch.Select(kept.ToArray()));
        }
    }
}
