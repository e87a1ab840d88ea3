using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Running aggregates.</summary>
sealed class Streamstats : Command
{
    public override string Name => "streamstats";

    public override string Usage => "streamstats [current=<bool>] [window=<count>] [time_window=<span>] [global=<bool>] [allnum=<bool>] [reset_on_change=<bool>] [reset_before=\"(<condition>)\"] [reset_after=\"(<condition>)\"] <aggregate>[(<field>)] [AS <name>] ... [BY <field> ...]";

    public override string Summary => "Computes aggregates over the rows so far, or over the last few, and puts them beside each row.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new StreamstatsStage([], []) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (TryCondition(reader, out var which, out var condition)) stage = which == "reset_before" ? stage with { ResetBefore = condition } : stage with { ResetAfter = condition };
            else if (reader.TryOption(out var name, out var value)) stage = Option(syntax, stage, name, value);
            else if (reader.TryKeyword("by")) stage = stage with { By = ByFields.Take(reader) };
            else stage = stage with { Aggregations = [.. stage.Aggregations, .. AggregationGrammar.TakeAll(reader, "by")] };
        }
        if (stage.Aggregations.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `count` or `sum(field)`");
        if (stage.Aggregations.FirstOrDefault(aggregation => aggregation.IsPattern) is { } pattern)
            throw CommandErrors.Unsupported(syntax, "a field with a wildcard", pattern.At, "name the fields");
        if (stage is { Window: > 0, TimeWindow: > 0 }) throw CommandErrors.Unsupported(syntax, "`window` together with `time_window`", syntax.Span);
        ByFields.CheckNames(stage.Aggregations, stage.By);
        return stage;
    }

    static StreamstatsStage Option(CommandSyntax syntax, StreamstatsStage stage, string name, Token value) => name switch
    {
        "current" => stage with { Current = OptionValue.Bool(syntax, name, value) },
        "window" => stage with
        {
            Window = OptionValue.Whole(syntax, name, value) is var rows and <= StreamstatsStage.MostWindow ? rows
            : throw CommandErrors.BadValue(syntax, name, value, $"at most {StreamstatsStage.MostWindow}")
        },
        "time_window" => stage with { TimeWindow = Seconds(syntax, name, value) },
        "global" => stage with { Global = OptionValue.Bool(syntax, name, value) },
        "allnum" => stage with { AllNumbers = OptionValue.Bool(syntax, name, value) },
        "reset_on_change" => stage with { ResetOnChange = OptionValue.Bool(syntax, name, value) },
        _ => throw CommandErrors.UnknownOption(syntax, name, value.Span,
            "current", "window", "time_window", "global", "allnum", "reset_on_change", "reset_before", "reset_after"),
    };

    // reset_before=(x>1) and reset_before="(x>1)".
    static bool TryCondition(ArgumentReader reader, out string name, out BoundExpression? condition)
    {
        name = reader.Peek().Text.ToLowerInvariant();
        condition = null;
        if (name is not ("reset_before" or "reset_after") || reader.Peek(1) is not { Kind: TokenKind.Operator, Text: "=" }) return false;
        reader.Position += 2;
        var first = reader.Take();
        var (source, at) = (first.Value, new Span(0, first.Value.Length));
        if (first.Kind == TokenKind.Open)
        {
            var last = first;
            for (var depth = 1; depth > 0;)
            {
                last = reader.TakeKind(reader.Peek().Kind, "a closing parenthesis");
                if (last.Kind == TokenKind.End) throw ArgumentReader.Error(SplErrors.Expected("a closing parenthesis", last, reader.Command));
                depth += last.Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            }
            (source, at) = (reader.Command.Source, first.Span.To(last.Span));
        }
        condition = ExpressionBinder.BindCondition(SplParser.ParseEval(source, at), $"`{name}`");
        return true;
    }

    static double Seconds(CommandSyntax syntax, string name, Token value)
    {
        var digits = value.Value.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is > 0 and < 9 && TimeModifier.TryUnit(value.Value[digits..], out var unit))
            return TimeModifier.Add(0, long.Parse(value.Value.AsSpan(0, digits), System.Globalization.CultureInfo.InvariantCulture), unit, TimeZoneInfo.Utc);
        throw CommandErrors.BadValue(syntax, name, value, "a span of time such as `5m`");
    }
}

/// <summary>Running aggregates beside each row, in the order of the rows. A row that lacks a BY field stays as it is.</summary>
public sealed record StreamstatsStage(IReadOnlyList<Aggregation> Aggregations, IReadOnlyList<string> By) : Stage
{
    /// <summary>Rows that a window may hold, as Splunk has it.</summary>
    internal const int MostWindow = 10_000;

    /// <summary>The row itself counts.</summary>
    public bool Current { get; init; } = true;

    /// <summary>Over so many rows; 0 is all so far.</summary>
    public int Window { get; init; }

    /// <summary>Over the rows whose time is less than so many seconds away; 0 is no such limit.</summary>
    public double TimeWindow { get; init; }

    /// <summary>With BY, the window is over all rows, not over those of the group.</summary>
    public bool Global { get; init; } = true;

    /// <summary>Numeric aggregates give nothing where a value was no number.</summary>
    public bool AllNumbers { get; init; }

    /// <summary>Everything starts anew when the BY values differ from those of the row before.</summary>
    public bool ResetOnChange { get; init; }

    /// <summary>Everything starts anew before a row for which this is true.</summary>
    public BoundExpression? ResetBefore { get; init; }

    /// <summary>Everything starts anew behind a row for which this is true; it sees the results.</summary>
    public BoundExpression? ResetAfter { get; init; }

    /// <inheritdoc/>
    public override string Command => "streamstats";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Aggregations.Select(aggregation => aggregation.Name));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after
        .Without(Aggregations.Select(aggregation => aggregation.Name))
        .With(Aggregations.SelectMany(aggregation => aggregation.Reads))
        .With(By)
        .With(ResetBefore?.Fields ?? [])
        .With(ResetAfter?.Fields ?? [])
        .With(TimeWindow > 0 ? ["_time"] : []);

    /// <inheritdoc/>
    public override Stage Simplify() => this with { Aggregations = [.. Aggregations.Select(aggregation => aggregation.Fold())] };

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new StreamstatsOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"streamstats {string.Join(", ", Aggregations)}{ByFields.Describe(By)}";
}
