using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives all rows the same values (Splunk search reference, setfields).</summary>
sealed class Setfields : Command
{
    public override string Name => "setfields";

    public override string Usage => "setfields <field>=<value>[, <field>=<value>] ...";

    public override string Summary => "Gives fields of every row the same value.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var settings = new List<KeyValuePair<string, Value>>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            // A field's name keeps its case.
            var field = reader.Peek();
            if (!reader.TryOption(out _, out var value)) throw ArgumentReader.Error(SplErrors.Expected("`field=value`", field, syntax));
            settings.Add(new(field.Value, Value.FromText(value.Value)));
        }
        return settings.Count == 0 ? throw CommandErrors.Missing(syntax, "`field=value`") : new SetfieldsStage(settings) { At = syntax.Span };
    }
}

/// <summary>The same values in every row, whatever was there.</summary>
public sealed record SetfieldsStage(IReadOnlyList<KeyValuePair<string, Value>> Settings) : Stage
{
    /// <inheritdoc/>
    public override string Command => "setfields";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Settings.Select(setting => setting.Key));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Without(Settings.Select(setting => setting.Key));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SetfieldsOperator(Settings);

    /// <inheritdoc/>
    public override string Describe() => $"setfields {string.Join(", ", Settings.Select(setting => $"{setting.Key}=\"{Quoting.Escape(setting.Value.ToString())}\""))}";

    sealed class SetfieldsOperator(IReadOnlyList<KeyValuePair<string, Value>> settings) : Operator
    {
        public override bool Push(Batch batch)
        {
            foreach (var (field, value) in settings)
            {
                var values = new Value[batch.Count];
                Array.Fill(values, value);
                batch = batch.With(field, values);
            }
            return Next.Push(batch);
        }
    }
}
