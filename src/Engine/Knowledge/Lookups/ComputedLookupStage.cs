using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>Writes what a <see cref="ComputedLookup"/> makes of a field: a value for each of its values.</summary>
sealed record ComputedLookupStage(LookupSpec Spec, ComputedLookup Lookup, string Input, string Output) : Stage, INarrowable
{
    /// <summary>Binds the arguments; throws <see cref="SplException"/> for columns that the lookup does not have.</summary>
    internal static ComputedLookupStage Bind(LookupSpec spec, ComputedLookup lookup)
    {
        foreach (var pair in spec.Inputs)
            if (pair.Column != lookup.Input) throw new SplException(KnowledgeErrors.NoColumn(spec, pair.Column, [lookup.Input]));
        foreach (var pair in spec.Outputs ?? [])
            if (pair.Column != lookup.Output) throw new SplException(KnowledgeErrors.NoColumn(spec, pair.Column, [lookup.Output]));
        return new ComputedLookupStage(spec, lookup, spec.Inputs[0].Field, spec.Outputs is [var output, ..] ? output.Field : lookup.Output);
    }

    public Stage? Narrow(FieldSet wanted) => wanted.Contains(Output) ? this : null;

    public override string Command => "lookup";

    public override FieldSet Writes => FieldSet.Of([Output]);

    public override bool IsRowwise => true;

    public override FieldSet Needs(FieldSet after) => after.With(Input);

    public override Operator Open(RunContext run) => new ComputedOperator(this);

    public override string Describe() => $"lookup {Spec}";

    sealed class ComputedOperator(ComputedLookupStage stage) : Operator
    {
        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Input) is not { } input) return Next.Push(batch);
            var old = batch.Find(stage.Output);
            var outputs = new Value[batch.Count];
            for (var row = 0; row < outputs.Length; row++)
            {
                if (old is not null) outputs[row] = old.Values[row];
                var value = input.Values[row];
                if (value.IsNull || (stage.Spec.OnlyNew && !outputs[row].IsNull)) continue;
                outputs[row] = Value.FromMany(Enumerable.Range(0, value.Count).Select(i => Value.FromText(stage.Lookup.Compute(value[i].ToString()))).ToList());
            }
            return Next.Push(batch.With(stage.Output, outputs));
        }
    }
}
