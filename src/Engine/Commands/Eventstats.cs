using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Aggregates all rows, or each group, and puts the results beside every row.</summary>
sealed class Eventstats : Command
{
    public override string Name => "eventstats";

    public override string Usage => "eventstats [allnum=<bool>] <aggregate>[(<field>)] [AS <name>] ... [BY <field> ...]";

    public override string Summary => "Computes aggregates as stats does, and puts the results beside every row of their group.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new EventstatsStage([], []) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                if (name != "allnum") throw CommandErrors.UnknownOption(syntax, name, value.Span, "allnum");
                stage = stage with { AllNumbers = OptionValue.Bool(syntax, name, value) };
            }
            else if (reader.TryKeyword("by")) stage = stage with { By = ByFields.Take(reader) };
            else stage = stage with { Aggregations = [.. stage.Aggregations, .. AggregationGrammar.TakeAll(reader, "by")] };
        }
        if (stage.Aggregations.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `count` or `sum(field)`");
        ByFields.CheckNames(stage.Aggregations, stage.By);
        return stage;
    }
}

/// <summary>Aggregates beside every row. A row that lacks a BY field stays as it is; several values of a BY field are taken as one.</summary>
public sealed record EventstatsStage(IReadOnlyList<Aggregation> Aggregations, IReadOnlyList<string> By) : Stage
{
    /// <summary>Numeric aggregates give nothing where a value was no number.</summary>
    public bool AllNumbers { get; init; }

    /// <inheritdoc/>
    public override string Command => "eventstats";

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Aggregations.Select(aggregation => aggregation.Name));

    /// <inheritdoc/>
    public override bool NeedsOrder => Aggregations.Any(aggregation => aggregation.Function.NeedsOrder);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) =>
        after.Without(Aggregations.Select(aggregation => aggregation.Name)).With(Aggregations.SelectMany(aggregation => aggregation.Reads)).With(By);

    /// <inheritdoc/>
    public override Stage Simplify() => this with { Aggregations = [.. Aggregations.Select(aggregation => aggregation.Fold())] };

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new EventstatsOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"eventstats {string.Join(", ", Aggregations)}{ByFields.Describe(By)}";

    sealed class EventstatsOperator : KeptRows
    {
        readonly AggregationInputs _inputs;
        readonly Groups _groups;
        readonly GroupKey _key;
        readonly List<int> _groupOfRow = [];

        internal EventstatsOperator(EventstatsStage stage, RunContext run)
            : base("eventstats", run)
        {
            _inputs = new AggregationInputs(stage.Aggregations, stage.By, run);
            _groups = new Groups("eventstats", _inputs, stage.AllNumbers, run);
            _key = new GroupKey(stage.By);
        }

        public override bool Push(Batch batch)
        {
            var hasKeys = _key.Start(batch);
            _inputs.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                var group = hasKeys && _key.TryBuild(row, out _) ? _groups.Find(_key.Bytes) : -1;
                _groupOfRow.Add(group);
                if (group >= 0) _groups.Add(group, row);
            }
            _groups.Check(batch.Count);
            return base.Push(batch);
        }

        protected override void GiveOut()
        {
            var slots = _inputs.ColumnOrder();
            var results = Array.ConvertAll(slots, slot =>
            {
                var values = new Value[_groups.Count];
                for (var group = 0; group < values.Length; group++) values[group] = _groups.Result(group, slot);
                return values;
            });
            var next = 0;
            foreach (var kept in Rows.ToBatches(Run.BatchSize))
            {
                var batch = kept;
                for (var s = 0; s < slots.Length; s++)
                {
                    var values = new Value[kept.Count];
                    for (var row = 0; row < values.Length; row++)
                        if (_groupOfRow[next + row] is var group and >= 0) values[row] = results[s][group];
                    batch = batch.With(_inputs.Slots[slots[s]].Name, values);
                }
                next += kept.Count;
                if (!Next.Push(batch)) return;
            }
        }
    }
}
