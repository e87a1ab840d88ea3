using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Says how a field is shown (Splunk search reference, fieldformat).</summary>
sealed class Fieldformat : Command
{
    public override string Name => "fieldformat";

    public override string Usage => "fieldformat <field>=<expression>";

    public override string Summary => "Shows a field's values as an expression makes them; the commands behind see them as they are.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var parsed = SplParser.ParseAssignments(syntax.Source, syntax.ArgumentsSpan);
        if (parsed.Count != 1) throw CommandErrors.Unsupported(syntax, "more than one field", syntax.Span, "write a `fieldformat` for each");
        var expression = context.BindEval(parsed[0].Expression);
        if (expression.Root.IsBoolean) throw ExpressionErrors.BooleanResult(parsed[0].Target, parsed[0].Expression.Span);
        return new FieldformatStage(parsed[0].Target, expression) { At = syntax.Span };
    }
}

/// <summary>
/// Puts an expression's results in the place of a field's values. It belongs to the end of a search (<see cref="Last"/>): no command may see the results.
/// </summary>
public sealed record FieldformatStage(string Field, BoundExpression Expression) : Stage
{
    /// <summary>What the fields of the expression are called now; those renamed since.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; init; } = new Dictionary<string, string>();

    string Shown => Now(Field);

    /// <inheritdoc/>
    public override string Command => "fieldformat";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Shown);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Contains(Shown) ? after.With(Expression.Fields.Select(Now)) : after;

    /// <inheritdoc/>
    public override Stage Simplify() => this with { Expression = Expression.Fold() };

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new FieldformatOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"fieldformat {Shown}={Expression.Text}";

    /// <summary>
    /// The stages with all formats behind them, where <paramref name="shows"/> says that the rows are shown, else without. A format follows its field
    /// through `rename`, and is lost where a command makes rows of its own.
    /// </summary>
    internal static List<Stage> Last(List<Stage> stages, bool shows)
    {
        var (formats, others) = (new List<FieldformatStage>(), new List<Stage>());
        foreach (var stage in stages)
        {
            if (stage is FieldformatStage format)
            {
                formats.RemoveAll(known => known.Shown == format.Field);
                formats.Add(format);
                continue;
            }
            others.Add(stage);
            if (stage is RenameStage rename) formats = [.. formats.Select(known => known.After(rename))];
            else if (!stage.IsRowwise && !stage.Needs(FieldSet.All).IsAll) formats.Clear();
        }
        return shows ? [.. others, .. formats] : others;
    }

    string Now(string name) => Renamed.GetValueOrDefault(name, name);

    FieldformatStage After(RenameStage rename)
    {
        var renamed = new Dictionary<string, string>(Renamed);
        foreach (var name in Expression.Fields.Append(Field))
            foreach (var step in rename.Renames)
                if (step.Apply(renamed.GetValueOrDefault(name, name)) is { } next) renamed[name] = next;
        return this with { Renamed = renamed };
    }

    sealed class FieldformatOperator(FieldformatStage stage, RunContext run) : Operator
    {
        readonly ExpressionRun _expression = stage.Expression.Open(run);

        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Shown) is not { } column) return Next.Push(batch);
            var seen = batch;
            foreach (var (was, now) in stage.Renamed)
                if (batch.Find(now) is { } renamed) seen = seen.With(was, renamed.Values);
            _expression.Start(seen);
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++)
                values[row] = !column.Values[row].IsNull && _expression.Evaluate(row) is { IsNull: false } shown ? shown.AsText() : column.Values[row];
            return Next.Push(batch.With(stage.Shown, values));
        }
    }
}
