using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>One `source AS alias`; <see cref="OnlyNew"/> is ASNEW, which leaves an alias that is there already.</summary>
sealed record FieldAlias(string Source, string Alias, bool OnlyNew);

/// <summary>The field aliases of a sourcetype. All see the fields as extraction left them.</summary>
sealed record AliasStage(IReadOnlyList<FieldAlias> Aliases) : Stage, INarrowable
{
    public override string Command => "fieldalias";

    public override FieldSet Writes => FieldSet.Of(Aliases.Select(alias => alias.Alias));

    public override bool IsRowwise => true;

    public override FieldSet Needs(FieldSet after)
    {
        var wanted = Aliases.Where(alias => after.Contains(alias.Alias)).ToList();
        // AS replaces what stood there; only ASNEW reads it.
        var before = after.Without(wanted.Where(alias => !alias.OnlyNew).Select(alias => alias.Alias));
        before = before.With(wanted.Where(alias => alias.OnlyNew).Select(alias => alias.Alias));
        return before.With(wanted.Select(alias => alias.Source));
    }

    public Stage? Narrow(FieldSet wanted)
    {
        var needed = Aliases.Where(alias => wanted.Contains(alias.Alias)).ToList();
        return needed.Count == 0 ? null : new AliasStage(needed);
    }

    public override Operator Open(RunContext run) => new AliasOperator(Aliases);

    public override string Describe() =>
        "fieldalias " + string.Join(' ', Aliases.Select(alias => $"{alias.Source} {(alias.OnlyNew ? "ASNEW" : "AS")} {alias.Alias}"));

    sealed class AliasOperator(IReadOnlyList<FieldAlias> aliases) : Operator
    {
        public override bool Push(Batch batch)
        {
            var aliased = batch;
            foreach (var alias in aliases)
            {
                var source = batch.Find(alias.Source);
                var old = alias.OnlyNew ? aliased.Find(alias.Alias) : null;
                if (old is not null)
                {
                    if (source is null) continue;
                    var values = new Value[batch.Count];
                    for (var row = 0; row < values.Length; row++) values[row] = old.Values[row].IsNull ? source.Values[row] : old.Values[row];
                    aliased = aliased.With(alias.Alias, values);
                }
                // Since 7.2.4 an alias whose source is missing takes the field away.
                else if (source is not null) aliased = aliased.With(alias.Alias, source.Values);
                else if (aliased.Find(alias.Alias) is not null) aliased = aliased.With(alias.Alias, new Value[batch.Count]);
            }
            return Next.Push(aliased);
        }
    }
}
