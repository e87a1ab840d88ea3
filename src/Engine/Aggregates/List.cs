using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>Lists the values of a field in the order of the rows, the first 100 of them.</summary>
sealed class List : Aggregate
{
    public override string Name => "list";

    public override string Usage => "list(field)";

    public override string Summary => "Lists the values of a field in the order of the rows, the first 100 of them.";

    public override bool NeedsOrder => true;

    public override Accumulator Open(double number, RunContext run) => new Listing(run);

    sealed class Listing(RunContext run) : Accumulator
    {
        readonly List<Value> _values = [];
        long _bytes = 64;
        bool _full;

        public override long Bytes => _bytes;

        public override void Add(Value value, double time)
        {
            for (var i = 0; i < value.Count; i++)
            {
                if (run.Limits.ListValues > 0 && _values.Count >= run.Limits.ListValues)
                {
                    if (!_full) run.Messages.Add("list-limit", $"list() keeps the first {run.Limits.ListValues} values of a group; raise it with --limit list=N");
                    _full = true;
                    return;
                }
                _values.Add(value[i].Detach());
                _bytes += 40 + value[i].Utf8.Length;
            }
        }

        public override Value Result() => Value.FromMany(_values);
    }
}
