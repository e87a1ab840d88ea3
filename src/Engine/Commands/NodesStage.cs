using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>A dataset beneath a root: which of the root's events are its own, and the fields that only these have.</summary>
public sealed record DatasetNode(string Path, IReadOnlyList<Stage> Stages, IReadOnlyList<(string From, string To)> Fields);

/// <summary>
/// Tells for each event of a root dataset to which datasets beneath the root it belongs: `nodename` gets their paths, and each dataset's fields
/// get their values where the event is the dataset's. No event is dropped.
/// </summary>
public sealed record NodesStage(string Root, IReadOnlyList<DatasetNode> Nodes) : Stage
{
    const string RowNumber = "(row)";

    /// <inheritdoc/>
    public override string Command => "tstats";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Nodes.SelectMany(node => node.Fields.Select(copy => copy.To)).Append("nodename"));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        var needed = after.Without(Writes.Names);
        foreach (var node in Nodes)
        {
            var inner = FieldSet.Of(node.Fields.Where(field => after.Contains(field.To)).Select(field => field.From));
            for (var i = node.Stages.Count - 1; i >= 0; i--) inner = node.Stages[i].Needs(inner);
            needed = needed.Union(inner);
        }
        return needed.Without(RowNumber);
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new NodesOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"nodes {string.Join(", ", Nodes.Select(node => node.Path))}";

    sealed class NodesOperator : Operator
    {
        readonly NodesStage _stage;
        readonly Value _root;
        readonly Operator[] _chains;
        int _node;
        Value[][] _fields = [];
        List<Value>?[] _names = [];

        internal NodesOperator(NodesStage stage, RunContext run)
        {
            _stage = stage;
            _root = Value.FromText(stage.Root);
            _chains = [.. stage.Nodes.Select(node => Chain(node, run))];
        }

        public override bool Push(Batch batch)
        {
            var numbers = new Value[batch.Count];
            for (var row = 0; row < numbers.Length; row++) numbers[row] = Value.FromNumber(row);
            var numbered = batch.With(RowNumber, numbers);
            _names = new List<Value>?[batch.Count];
            var made = batch;
            for (_node = 0; _node < _chains.Length; _node++)
            {
                var fields = _stage.Nodes[_node].Fields;
                _fields = [.. fields.Select(_ => new Value[batch.Count])];
                _chains[_node].Push(numbered);
                for (var i = 0; i < fields.Count; i++) made = made.With(fields[i].To, _fields[i]);
            }
            var nodenames = new Value[batch.Count];
            for (var row = 0; row < nodenames.Length; row++) nodenames[row] = _names[row] is { } names ? Value.FromMany((Value[])[_root, .. names]) : _root;
            return Next.Push(made.With("nodename", nodenames));
        }

        Operator Chain(DatasetNode node, RunContext run)
        {
            Operator next = new Sink(batch => Take(node, batch));
            for (var i = node.Stages.Count - 1; i >= 0; i--)
            {
                var stage = node.Stages[i].Open(run);
                stage.Next = next;
                next = stage;
            }
            return next;
        }

        bool Take(DatasetNode node, Batch batch)
        {
            var numbers = batch.Find(RowNumber)!.Values;
            for (var i = 0; i < node.Fields.Count; i++)
            {
                if (batch.Find(node.Fields[i].From)?.Values is not { } values) continue;
                // A later stage of the chain may use its arrays again before the batch goes on.
                for (var row = 0; row < batch.Count; row++) _fields[i][Number(numbers[row])] = values[row].Detach();
            }
            var path = Value.FromText(node.Path);
            for (var row = 0; row < batch.Count; row++) (_names[Number(numbers[row])] ??= []).Add(path);
            return true;
        }

        static int Number(Value value) => value.TryNumber(out var number) ? (int)number : throw new InvalidOperationException("a row lost its number");
    }
}
