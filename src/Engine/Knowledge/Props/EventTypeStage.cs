using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Knowledge.Props;

/// <summary>An event type: a filter, and the tags of the events that it keeps. Those of a later round read `eventtype` or `tag` of the earlier.</summary>
sealed record EventType(string Name, BoundPredicate Filter, IReadOnlyList<string> Tags, int Round);

/// <summary>The tags of a field's value.</summary>
sealed record FieldTag(string Field, string Value, IReadOnlyList<string> Tags);

/// <summary>Makes `eventtype`, `tag` and `tag::eventtype` (and `tag::field` where values have tags), each sorted and without doubles.</summary>
sealed record EventTypeStage(IReadOnlyList<EventType> Types, IReadOnlyList<FieldTag> FieldTags) : Stage
{
    const string Type = "eventtype";
    const string Tag = "tag";

    public override string Command => "eventtypes";

    public override FieldSet Writes { get; } = FieldSet.Of(FieldTags.Select(tag => $"tag::{tag.Field}").Append(Type).Append(Tag).Append("tag::eventtype"));

    public override bool IsRowwise => true;

    public override FieldSet Needs(FieldSet after) =>
        !after.Overlaps(Writes) ? after
        : after.Without(Writes.Names).With(Types.SelectMany(type => type.Filter.Fields).Concat(FieldTags.Select(tag => tag.Field)).Where(field => !Writes.Contains(field)));

    /// <summary>A field that such a stage may write, whatever its types and tags.</summary>
    internal static bool IsItsField(string field) => field is Type or Tag || field.StartsWith("tag::", StringComparison.Ordinal);

    internal Stage? Narrow(FieldSet wanted) => wanted.Overlaps(Writes) && (Types.Count > 0 || FieldTags.Count > 0) ? this : null;

    public override Operator Open(RunContext run) => new EventTypeOperator(this, run);

    public override string Describe() => "eventtypes " + string.Join(' ', Types.Select(type => type.Name));

    sealed class EventTypeOperator(EventTypeStage stage, RunContext run) : Operator
    {
        readonly PredicateRun[] _filters = [.. stage.Types.Select(type => type.Filter.Open(run))];
        readonly int _rounds = stage.Types.Count == 0 ? 1 : stage.Types.Max(type => type.Round) + 1;

        readonly EventTypeSet _empty = EventTypeSet.Empty();
        readonly TaggedField[] _tagged = [.. stage.FieldTags.GroupBy(tag => tag.Field).Select(tags => new TaggedField(tags.Key, [.. tags]))];
        EventTypeSet[] _sets = [];
        Value[] _names = [];
        Value[] _tags = [];
        Value[] _typeTags = [];

        public override bool Push(Batch batch)
        {
            // Batches hold only until Push returns, so the arrays serve again.
            if (_sets.Length < batch.Count)
            {
                _sets = new EventTypeSet[batch.Count];
                (_names, _tags, _typeTags) = (new Value[batch.Count], new Value[batch.Count], new Value[batch.Count]);
            }
            Array.Fill(_sets, _empty, 0, batch.Count);
            foreach (var field in _tagged) batch = batch.With(field.Name, field.Find(batch, _sets));
            for (var round = 0; round < _rounds; round++)
            {
                for (var t = 0; t < _filters.Length; t++)
                {
                    var type = stage.Types[t];
                    if (type.Round != round) continue;
                    _filters[t].Start(batch);
                    for (var row = 0; row < batch.Count; row++)
                        if (_filters[t].Matches(row)) _sets[row] = _sets[row].With(type);
                }
                for (var row = 0; row < batch.Count; row++) (_names[row], _tags[row], _typeTags[row]) = (_sets[row].Names, _sets[row].Tags, _sets[row].TypeTags);
                batch = batch.With(Type, _names).With(Tag, _tags).With("tag::eventtype", _typeTags);
            }
            return Next.Push(batch);
        }
    }
}
