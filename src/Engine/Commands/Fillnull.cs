using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts a value where a field is missing.</summary>
sealed class Fillnull : Command
{
    public override string Name => "fillnull";

    public override string Usage => "fillnull [value=<text>] [<field>...]";

    public override string Summary => "Puts a value, 0 if none is given, where a field is missing; without names, in every field that any row has.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var text = "0";
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var name, out var value))
                text = name == "value" ? value.Value : throw CommandErrors.UnknownOption(syntax, name, value.Span, "value");
            else
            {
                var field = FieldArgument.TakePlain(reader);
                if (!fields.Contains(field.Value)) fields.Add(field.Value);
            }
        }
        return fields.Count == 0
            ? new FillAllStage(text) { At = syntax.Span }
            : new FillFieldsStage(fields, text) { At = syntax.Span };
    }
}

/// <summary>A value for the named fields where a row lacks them.</summary>
public sealed record FillFieldsStage(IReadOnlyList<string> Fields, string Text) : Stage
{
    /// <inheritdoc/>
    public override string Command => "fillnull";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Fields);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FillOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"fillnull value=\"{Text}\" {string.Join(' ', Fields)}";

    sealed class FillOperator(FillFieldsStage stage) : Operator
    {
        readonly Value _value = Value.FromText(stage.Text);

        public override bool Push(Batch batch)
        {
            foreach (var field in stage.Fields) batch = Fill(batch, field);
            return Next.Push(batch);
        }

        Batch Fill(Batch batch, string field)
        {
            var old = batch.Find(field)?.Values;
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++) values[row] = old is null || old[row].IsNull ? _value : old[row];
            return batch.With(field, values);
        }
    }
}

/// <summary>A value for every field that any row has, where a row lacks it; internal fields are left alone.</summary>
public sealed record FillAllStage(string Text) : Stage
{
    /// <inheritdoc/>
    public override string Command => "fillnull";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FillOperator(Text, run);

    /// <inheritdoc/>
    public override string Describe() => $"fillnull value=\"{Text}\"";

    sealed class FillOperator(string text, RunContext run) : KeptRows("fillnull", run)
    {
        protected override void GiveOut()
        {
            var filled = Value.FromText(text);
            var fields = Rows.Names.Where(name => !name.StartsWith('_') && Rows.HasField(name)).ToHashSet(StringComparer.Ordinal);
            PassOn(Rows.ToBatches(Run.BatchSize).Select(batch => Fill(batch, fields, filled)));
        }

        // Columns without values may share one array, so each is made anew.
        static Batch Fill(Batch batch, HashSet<string> fields, Value filled)
        {
            var columns = batch.Columns.ToArray();
            for (var c = 0; c < columns.Length; c++)
            {
                if (!fields.Contains(columns[c].Name)) continue;
                var old = columns[c].Values;
                var values = new Value[batch.Count];
                for (var row = 0; row < values.Length; row++) values[row] = old[row].IsNull ? filled : old[row];
                columns[c] = new Column(columns[c].Name, values);
            }
            return new Batch(batch.Count, columns);
        }
    }
}
