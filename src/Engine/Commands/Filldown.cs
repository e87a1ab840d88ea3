using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts the last value where a field is missing.</summary>
sealed class Filldown : Command
{
    public override string Name => "filldown";

    public override string Usage => "filldown [<field>...]";

    public override string Summary => "Puts the last value that a field had where it is missing.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) =>
        new FilldownStage(FieldArgument.TakeRest(new ArgumentReader(syntax))) { At = syntax.Span };
}

/// <summary>The last value of the named fields, or of all that are not internal, for the rows that lack them.</summary>
public sealed record FilldownStage(IReadOnlyList<string> Fields) : Stage
{
    /// <inheritdoc/>
    public override string Command => "filldown";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => Fields.Count == 0 ? FieldSet.All : FieldSet.Of(Fields);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FilldownOperator(Fields.Count == 0 ? ["*"] : [.. Fields]);

    /// <inheritdoc/>
    public override string Describe() => $"filldown {string.Join(' ', Fields)}".TrimEnd();

    sealed class FilldownOperator(string[] fields) : Operator
    {
        readonly Dictionary<string, Value> _last = new(StringComparer.Ordinal);

        public override bool Push(Batch batch)
        {
            foreach (var column in FieldArgument.Pick(fields, batch)) _last.TryAdd(column.Name, Value.Null);
            foreach (var (name, before) in _last.ToArray())
            {
                var old = batch.Find(name)?.Values;
                var values = new Value[batch.Count];
                var last = before;
                for (var row = 0; row < values.Length; row++)
                {
                    if (old is not null && !old[row].IsNull) last = old[row];
                    values[row] = last;
                }
                _last[name] = last.Detach();
                batch = batch.With(name, values);
            }
            return Next.Push(batch);
        }
    }
}
