using System.Text;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives values of a subsearch as the text of a search (Splunk search reference, return).</summary>
sealed class Return : Command
{
    public override string Name => "return";

    public override string Usage => "return [<count>] (<field> | <alias>=<field> | $<field>)...";

    public override string Summary => "Gives values of the first rows as the text of a search, in one row with the field `search`.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var most = 1;
        var parts = new List<ReturnPart>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            // An option's name comes in lower case; an alias keeps its own.
            else if (reader.Peek().Text is var alias && reader.TryOption(out _, out var value)) parts.Add(new ReturnPart(alias, value.Value));
            else
            {
                var token = FieldArgument.Take(reader);
                if (parts.Count == 0 && most == 1 && token.Kind == TokenKind.Word && int.TryParse(token.Value, System.Globalization.NumberStyles.None, null, out var count)) most = count;
                else if (token.Value.StartsWith('$')) parts.Add(new ReturnPart(null, token.Value.Trim('$')));
                else parts.Add(new ReturnPart(token.Value, token.Value));
            }
        }
        if (parts.Count == 0) throw CommandErrors.Missing(syntax, "at least one field");
        return new ReturnStage(parts, most) { At = syntax.Span };
    }
}

/// <summary>A field to give, and the name before its value; null gives the value alone.</summary>
public sealed record ReturnPart(string? Alias, string Field);

/// <summary>The first rows as one text: fields side by side, rows with OR between them.</summary>
public sealed record ReturnStage(IReadOnlyList<ReturnPart> Parts, int Most) : Stage
{
    /// <inheritdoc/>
    public override string Command => "return";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of(Parts.Select(part => part.Field));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ReturnOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"return {Most} {string.Join(' ', Parts.Select(part => part.Alias is null ? "$" + part.Field : $"{part.Alias}={part.Field}"))}";

    sealed class ReturnOperator(ReturnStage stage, RunContext run) : Operator
    {
        readonly List<string> _rows = [];
        int _count;

        public override bool Push(Batch batch)
        {
            for (var row = 0; row < batch.Count && _count < stage.Most; row++, _count++)
            {
                run.ThrowIfCancelled();
                var text = new StringBuilder();
                foreach (var part in stage.Parts)
                {
                    if (batch.Find(part.Field)?.Values[row] is not { IsNull: false } value) continue;
                    if (text.Length > 0) text.Append(' ');
                    text.Append(part.Alias is null ? value.ToString() : $"{part.Alias}=\"{Quoting.Escape(value.ToString())}\"");
                }
                if (text.Length > 0) _rows.Add(text.ToString());
            }
            return _count < stage.Most;
        }

        public override void Finish()
        {
            if (_rows.Count > 0)
                Next.Push(new Batch(1, [new Column("search", [Value.FromText(_rows.Count == 1 ? _rows[0] : string.Join(" OR ", _rows.Select(row => $"({row})")))])]));
            Next.Finish();
        }
    }
}
