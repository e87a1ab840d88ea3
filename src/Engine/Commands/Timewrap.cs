using System.Globalization;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts stretches of time beside each other (Splunk search reference, timewrap).</summary>
sealed class Timewrap : Command
{
    public override string Name => "timewrap";

    public override string Usage => "timewrap [<count>]<unit> [align=now|end] [series=relative|exact|short] [time_format=<format>]";

    public override string Summary => "Lays the rows of timechart over each other, a series for each stretch of time: this week beside the last.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        TimeLength? span = null;
        var stage = new TimewrapStage(new TimeLength(1, TimeUnit.Day, null)) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = (name, value.Value.ToLowerInvariant()) switch
                {
                    ("align", "now") => stage with { AlignsToNow = true },
                    ("align", "end") => stage with { AlignsToNow = false },
                    ("align", _) => throw CommandErrors.BadValue(syntax, name, value, "`now` or `end`"),
                    ("series", "relative") => stage with { Series = TimewrapSeries.Relative },
                    ("series", "exact") => stage with { Series = TimewrapSeries.Exact },
                    ("series", "short") => stage with { Series = TimewrapSeries.Short },
                    ("series", _) => throw CommandErrors.BadValue(syntax, name, value, "`relative`, `exact` or `short`"),
                    ("time_format", _) => stage with { TimeFormat = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "align", "series", "time_format"),
                };
            }
            else if (span is null) span = Length(syntax, reader.Take());
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        return span is null ? throw CommandErrors.Missing(syntax, "a stretch of time such as `1d` or `week`") : stage with { Span = span };
    }

    static TimeLength Length(CommandSyntax syntax, Token token) =>
        SpanLength.Parse(token.Value) is TimeLength { Snap: null } length && length.Count == Math.Floor(length.Count)
            ? length
            : throw CommandErrors.BadValue(syntax, "the stretch of time", token, "a count and a unit such as `1d`, `2weeks` or `month`");
}

/// <summary>How series are named: `latest_week`, `1week_before`; by the time at which they begin; or `s0`, `s1`.</summary>
public enum TimewrapSeries { Relative, Exact, Short }

/// <summary>A row for each place within the stretch, at the times of the latest one; a column for each stretch with rows, the oldest first.</summary>
public sealed record TimewrapStage(TimeLength Span) : Stage
{
    // Farther back than this there is nothing to compare with.
    const int MostStretches = 10_000;

    /// <summary>Stretches end at the start of the search instead of the end of its window.</summary>
    public bool AlignsToNow { get; init; }

    /// <summary>How series are named.</summary>
    public TimewrapSeries Series { get; init; }

    /// <summary>The name of a series with <see cref="TimewrapSeries.Exact"/>, from the time at which it begins.</summary>
    public string TimeFormat { get; init; } = "%Y-%m-%d %H:%M:%S";

    /// <inheritdoc/>
    public override string Command => "timewrap";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TimewrapOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"timewrap {Span.Count.ToString(CultureInfo.InvariantCulture)}{Unit(Span.Count)}";

    string Unit(double count) => Span.Unit.ToString().ToLowerInvariant() + (count == 1 ? "" : "s");

    sealed class TimewrapOperator(TimewrapStage stage, RunContext run) : KeptRows("timewrap", run)
    {
        protected override void GiveOut()
        {
            var end = !stage.AlignsToNow && double.IsFinite(Run.Latest) ? Run.Latest : Run.Now;
            var cells = new SortedDictionary<double, Dictionary<long, int>>();
            var stretches = new SortedSet<long>();
            for (var row = 0; row < Rows.Count; row++)
            {
                if (!Rows.Get("_time", row).TryNumber(out var time)) continue;
                var back = Back(time, end);
                if (Math.Abs(back) > MostStretches)
                {
                    Run.Messages.Add("timewrap", $"`timewrap` leaves out rows more than {MostStretches} stretches from the end of the search");
                    continue;
                }
                var place = Moved(time, back);
                if (!cells.TryGetValue(place, out var series)) cells[place] = series = [];
                series[back] = row;
                stretches.Add(back);
            }
            var names = Rows.Names.Where(name => !name.StartsWith('_') && Rows.HasField(name)).ToList();
            var places = cells.ToArray();
            for (var from = 0; from < places.Length; from += Run.BatchSize)
            {
                Run.ThrowIfCancelled();
                var part = places.AsMemory(from, Math.Min(Run.BatchSize, places.Length - from)).ToArray();
                var columns = new List<Column> { new("_time", [.. part.Select(place => Value.FromNumber(place.Key))]) };
                foreach (var name in names)
                    foreach (var back in stretches.Reverse())
                        columns.Add(new Column(Header(name, back, end, names.Count == 1), [.. part.Select(place => place.Value.TryGetValue(back, out var row) ? Rows.Get(name, row) : Value.Null)]));
                if (!Next.Push(new Batch(part.Length, [.. columns.DistinctBy(column => column.Name)]))) return;
            }
        }

        // How many stretches before the latest one, which ends at `end`: 0 for that itself, less for what lies behind.
        long Back(double time, double end)
        {
            var back = (long)Math.Clamp(Math.Floor((end - time) / stage.Span.Seconds), -1e9, 1e9);
            if (Math.Abs(back) > MostStretches) return back;
            // Months and days differ in length, so the guess may be off by some.
            while (Moved(end, -back) <= time) back--;
            while (Moved(end, -back - 1) > time) back++;
            return back;
        }

        double Moved(double time, long stretches) => TimeModifier.Add(time, (long)stage.Span.Count * stretches, stage.Span.Unit, Run.Zone);

        string Header(string name, long back, double end, bool isOnly)
        {
            var series = stage.Series switch
            {
                TimewrapSeries.Short => $"s{back}",
                TimewrapSeries.Exact => Strftime.Format(Moved(end, -back - 1), stage.TimeFormat, Run.Zone) ?? $"s{back}",
                _ => Relative(back),
            };
            return isOnly ? series : $"{name}_{series}";
        }

        string Relative(long back)
        {
            var count = stage.Span.Count;
            if (back == 0) return $"latest_{(count == 1 ? "" : NumberText.Format(count))}{stage.Unit(count)}";
            var away = count * Math.Abs(back);
            return $"{NumberText.Format(away)}{stage.Unit(away)}_{(back > 0 ? "before" : "after")}";
        }
    }
}
