using System.Runtime.CompilerServices;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>
/// Gives an aggregate for each stretch of time, as Splunk writes a small chart: a value that says so, then a number for each stretch (Splunk search reference,
/// sparkline functions).
/// </summary>
sealed class Sparkline(Aggregate inner, TimeLength? span) : Aggregate
{
    // limits.conf: sparkline_maxsize.
    const int MostStretches = 100;

    // All groups of a run share one axis of time.
    readonly ConditionalWeakTable<RunContext, Axis> _axes = [];

    internal Sparkline() : this(new Count(), null)
    {
    }

    /// <summary>The aggregates that it takes.</summary>
    internal static string[] Inner { get; } = ["avg", "count", "dc", "max", "min", "range", "stdev", "stdevp", "sum", "sumsq", "var", "varp"];

    /// <summary>It takes the aggregate.</summary>
    internal static bool Takes(Aggregate aggregate) => Inner.Contains(aggregate.Name);

    public override string Name => "sparkline";

    public override string Usage => "sparkline[(<aggregate>[(field)][, <span>])]";

    public override string Summary => "Gives an aggregate for each stretch of time, as the numbers of a small chart.";

    public override bool IsFieldOptional => true;

    public override bool NeedsTime => true;

    public override Accumulator Open(double number, RunContext run) => new Line(this, run);

    sealed class Axis
    {
        internal double First { get; set; } = double.PositiveInfinity;

        internal double Last { get; set; } = double.NegativeInfinity;
    }

    sealed class Line(Sparkline sparkline, RunContext run) : Accumulator
    {
        readonly Axis _axis = sparkline._axes.GetOrCreateValue(run);
        readonly List<(double Time, Value Value)> _values = [];
        long _bytes = 64;

        public override long Bytes => _bytes;

        public override void Add(Value value, double time)
        {
            // Rows without a value are not always seen, so they do not widen the axis either.
            if (double.IsNaN(time) || value.IsNull) return;
            _axis.First = Math.Min(_axis.First, time);
            _axis.Last = Math.Max(_axis.Last, time);
            _values.Add((time, value.Detach()));
            _bytes += 16 + value.KeptBytes;
        }

        public override Value Result()
        {
            var (first, last) = run.Earliest > 0 && double.IsFinite(run.Latest) ? (run.Earliest, run.Latest - 0.001) : (_axis.First, _axis.Last);
            if (!(first <= last)) return Value.Null;
            var length = sparkline.Length(last - first);
            var starts = new List<double>();
            for (var start = length.Start(first, run.Zone); start <= last && starts.Count < MostStretches; start = length.Next(start, run.Zone)) starts.Add(start);
            var stretches = new Accumulator?[starts.Count];
            foreach (var (time, value) in _values)
            {
                var at = starts.BinarySearch(length.Start(time, run.Zone));
                if (at >= 0) (stretches[at] ??= sparkline.OpenInner(run)).Add(value, time);
            }
            var empty = Value.FromNumber(0);
            var shown = new List<Value> { Value.FromText("##__SPARKLINE__##") };
            foreach (var stretch in stretches) shown.Add(stretch?.Result() is { IsNull: false } result ? result : empty);
            return Value.FromMany(shown);
        }
    }

    TimeLength Length(double seconds) => span ?? TimeLength.For(seconds, MostStretches);

    Accumulator OpenInner(RunContext run) => inner.Open(double.NaN, run);
}
