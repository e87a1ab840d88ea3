using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts numbers and times into buckets.</summary>
sealed class Bin : Command
{
    public override string Name => "bin";

    public override IReadOnlyList<string> Aliases => ["bucket", "discretize"];

    public override string Usage => "bin [span=<length>] [bins=<count>] [minspan=<length>] [start=<number>] [end=<number>] [aligntime=<time>] <field> [AS <field>]";

    public override string Summary => "Puts numbers and times into buckets.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        Token? field = null;
        string? target = null;
        var options = new BinOptions();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value)) options = BinGrammar.Option(options, syntax, name, value, context) ?? throw CommandErrors.UnknownOption(syntax, name, value.Span, BinGrammar.Names);
            else if (field is not null && reader.TryKeyword("as")) target = FieldArgument.Take(reader).Value;
            else if (field is null) field = FieldArgument.Take(reader);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "a field name");
        if (FieldArgument.IsPattern(field.Value)) throw CommandErrors.NoWildcard(syntax, field);
        return options.Span is { } span
            ? new BinStage(field.Value, target ?? field.Value, span, options.Align) { At = syntax.Span }
            : new BinRangeStage(field.Value, target ?? field.Value, options) { At = syntax.Span };
    }
}

/// <summary>Where buckets of up to hours begin: at a moment, or (<see cref="Edge"/> 1 or 2) at the window's earliest or latest.</summary>
public sealed record BinAlignment(double Time, int Edge)
{
    internal double Resolve(RunContext run)
    {
        var time = Edge == 1 ? run.Earliest : Edge == 2 ? run.Latest : Time;
        return double.IsFinite(time) ? time : 0;
    }
}

/// <summary>The options of `bin`.</summary>
public sealed record BinOptions
{
    /// <summary>The size of the buckets.</summary>
    public SpanLength? Span { get; init; }

    /// <summary>The smallest size when it is found from the values.</summary>
    public SpanLength? Least { get; init; }

    /// <summary>The most buckets when the size is found from the values.</summary>
    public int Bins { get; init; } = 100;

    /// <summary>Widens the range that the values make.</summary>
    public double? Start { get; init; }

    /// <summary>Widens the range that the values make.</summary>
    public double? End { get; init; }

    /// <summary>Where buckets of time begin.</summary>
    public BinAlignment? Align { get; init; }
}

/// <summary>Puts values into buckets of a known size.</summary>
public sealed record BinStage(string Field, string Target, SpanLength Span, BinAlignment? Align) : Stage
{
    /// <inheritdoc/>
    public override string Command => "bin";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new BinOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"bin {Field}{(Target == Field ? "" : $" AS {Target}")} span={Span}";

    internal Batch Apply(Batch batch, RunContext run)
    {
        if (batch.Find(Field) is not { } column) return batch;
        var align = Align?.Resolve(run) ?? 0;
        var old = Target == Field ? null : batch.Find(Target)?.Values;
        var values = new Value[batch.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var value = column.Values[row];
            values[row] = value.IsNull && old is not null ? old[row] : Bucket(value, run.Zone, align);
        }
        return batch.With(Target, values);
    }

    Value Bucket(Value value, TimeZoneInfo zone, double align)
    {
        if (value.IsMultivalue)
        {
            var many = new Value[value.Count];
            for (var i = 0; i < many.Length; i++) many[i] = Bucket(value[i], zone, align);
            return Value.FromMany(many);
        }
        // What is no number stays as it is.
        if (!value.TryNumber(out var number)) return value;
        if (Span.Bucket(number, zone, align) is not var (start, end)) return value;
        // `_time` stays a time, the start of its bucket; other fields become text with both ends.
        return Field == "_time" && Span is not LogSpan ? Value.FromNumber(start) : Value.FromText(SpanLength.Label(start, end));
    }

    sealed class BinOperator(BinStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch) => Next.Push(stage.Apply(batch, run));
    }
}

/// <summary>Puts values into buckets whose size is found from their range.</summary>
public sealed record BinRangeStage(string Field, string Target, BinOptions Options) : Stage
{
    /// <inheritdoc/>
    public override string Command => "bin";

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new RangeOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"bin {Field}{(Target == Field ? "" : $" AS {Target}")} bins={Options.Bins}";

    /// <summary>The size that the range of a field's values asks for.</summary>
    internal static SpanLength Size(string field, BinOptions options, double least, double most)
    {
        var range = most - least;
        if (field == "_time") return TimeLength.For(range, options.Bins, options.Least as TimeLength);
        // Splunk: the smallest power of ten that needs no more buckets than allowed.
        var size = range <= 0 ? 1 : Math.Pow(10, Math.Ceiling(Math.Log10(range / options.Bins) - 1e-9));
        if (options.Least is NumberSpan minimumSize && size < minimumSize.Size) size = minimumSize.Size;
        return new NumberSpan(size);
    }

    /// <summary>The size that the options give, or the values of the rows ask for; null where no value is a number.</summary>
    internal static SpanLength? Size(RowStore rows, string field, BinOptions options)
    {
        if (options.Span is { } span) return span;
        var least = options.Start ?? double.PositiveInfinity;
        var most = options.End ?? double.NegativeInfinity;
        for (var row = 0; row < rows.Count; row++)
        {
            var value = rows.Get(field, row);
            for (var i = 0; i < value.Count; i++)
            {
                if (!value[i].TryNumber(out var number)) continue;
                least = Math.Min(least, number);
                most = Math.Max(most, number);
            }
        }
        return least <= most ? Size(field, options, least, most) : null;
    }

    sealed class RangeOperator(BinRangeStage stage, RunContext run) : KeptRows("bin", run)
    {
        protected override void GiveOut()
        {
            var size = Size(Rows, stage.Field, stage.Options) ?? new NumberSpan(1);
            var inner = new BinStage(stage.Field, stage.Target, size, stage.Options.Align);
            PassOn(Rows.ToBatches(Run.BatchSize).Select(batch => inner.Apply(batch, Run)));
        }
    }
}
