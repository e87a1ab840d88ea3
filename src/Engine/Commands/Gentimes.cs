using System.Globalization;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes a row for each stretch of time (Splunk search reference, gentimes).</summary>
sealed class Gentimes : Command
{
    const int MostRows = 10_000_000;

    public override string Name => "gentimes";

    public override string Usage => "gentimes start=<time> [end=<time>] [increment=<count>s|m|h|d]";

    public override string Summary => "Makes a row for each stretch of time between two times.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw CommandErrors.MakesRows(syntax);
        var reader = new ArgumentReader(syntax);
        double? start = null;
        var end = TimeModifier.Snap(context.Now, TimeUnit.Day, context.Zone);
        var (count, unit) = (1, TimeUnit.Day);
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            switch (name)
            {
                case "start": start = Time(syntax, name, value, context); break;
                case "end": end = Time(syntax, name, value, context); break;
                case "increment": (count, unit) = Step(syntax, name, value); break;
                default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "start", "end", "increment");
            }
        }
        var stage = new GentimesStage(start ?? throw CommandErrors.Missing(syntax, "`start`, a date such as `10/25/2023` or a number of days such as `-7`"), end, count, unit) { At = syntax.Span };
        if ((stage.End - stage.Start) / new TimeLength(count, unit, null).Seconds > MostRows)
            throw new SplException(new Diagnostic("SPL132", $"`gentimes` would make more than {MostRows} rows", syntax.Span, "a larger increment makes fewer"));
        return stage;
    }

    static double Time(CommandSyntax syntax, string name, Token value, BindContext context)
    {
        if (int.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
        {
            var time = TimeModifier.Add(TimeModifier.Snap(context.Now, TimeUnit.Day, context.Zone), days, TimeUnit.Day, context.Zone);
            if (double.IsFinite(time)) return time;
        }
        foreach (var format in (string[])["%m/%d/%Y:%H:%M:%S", "%m/%d/%Y"])
            if (Strptime.TryParseWhole(value.Value, format, context.Zone, out var date)) return date;
        throw CommandErrors.BadValue(syntax, name, value, "a date such as `10/25/2023` or `10/25/2023:18:00:00`, or a number of days such as `-7`");
    }

    static (int Count, TimeUnit Unit) Step(CommandSyntax syntax, string name, Token value)
    {
        var text = value.Value;
        TimeUnit? unit = text.Length == 0 ? null : text[^1] switch { 's' => TimeUnit.Second, 'm' => TimeUnit.Minute, 'h' => TimeUnit.Hour, 'd' => TimeUnit.Day, _ => null };
        return unit is { } known && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? (count, known)
            : throw CommandErrors.BadValue(syntax, name, value, "a count of seconds, minutes, hours or days such as `6h`");
    }
}

/// <summary>Adjacent stretches of time from a start up to and not including an end.</summary>
public sealed record GentimesStage(double Start, double End, int Count, TimeUnit Unit) : Stage
{
    const string Human = "%a %b %d %H:%M:%S %Y";

    /// <inheritdoc/>
    public override string Command => "gentimes";

    /// <inheritdoc/>
    public override bool IsGenerating => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.None;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new GentimesOperator(this, run);

    sealed class GentimesOperator(GentimesStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch) => true;

        public override void Finish()
        {
            var start = stage.Start;
            while (start < stage.End)
            {
                run.ThrowIfCancelled();
                var rows = new List<(double Start, double End)>();
                for (; rows.Count < run.BatchSize && start < stage.End;)
                {
                    var next = TimeModifier.Add(start, stage.Count, stage.Unit, run.Zone);
                    rows.Add((start, next - 1));
                    if (!(next > start)) next = double.PositiveInfinity;
                    start = next;
                }
                Column[] columns =
                [
                    new("starttime", [.. rows.Select(row => Value.FromNumber(row.Start))]),
                    new("starthuman", [.. rows.Select(row => Text(row.Start))]),
                    new("endtime", [.. rows.Select(row => Value.FromNumber(row.End))]),
                    new("endhuman", [.. rows.Select(row => Text(row.End))]),
                ];
                if (!Next.Push(new Batch(rows.Count, columns))) break;
            }
            Next.Finish();
        }

        Value Text(double time) => Strftime.Format(time, Human, run.Zone) is { } text ? Value.FromText(text) : Value.Null;
    }
}
