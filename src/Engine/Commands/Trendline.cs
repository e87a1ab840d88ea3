using System.Globalization;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Computes moving averages (Splunk search reference, trendline).</summary>
sealed class Trendline : Command
{
    public override string Name => "trendline";

    public override string Usage => "trendline <sma|ema|wma><period>(<field>) [AS <newfield>] ...";

    public override string Summary => "Computes moving averages of fields: simple, exponential or weighted.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var trends = new List<Trend>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            var token = FieldArgument.Take(reader, "a trend such as `sma5(count)`");
            var trend = Parse(syntax, token);
            trends.Add(reader.TryKeyword("as") ? trend with { Target = FieldArgument.Take(reader, "a name for the field").Value } : trend);
        }
        return trends.Count == 0 ? throw CommandErrors.Missing(syntax, "a trend such as `sma5(count)`") : new TrendlineStage(trends) { At = syntax.Span };
    }

    static Trend Parse(CommandSyntax syntax, Token token)
    {
        var text = token.Value;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var kind = text.Length < 3 ? "" : text[..3].ToLowerInvariant();
        if (kind is not ("sma" or "ema" or "wma") || open < 4 || text[^1] != ')'
            || !int.TryParse(text.AsSpan(3, open - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var period) || period is < 2 or > 10_000)
            throw CommandErrors.BadValue(syntax, "the trend", token, "`sma`, `ema` or `wma` with a period from 2 to 10000 and a field, as in `sma5(count)`");
        var field = text[(open + 1)..^1].Trim();
        if (field.Length > 1 && field[0] is '"' or '\'' && field[^1] == field[0]) field = field[1..^1];
        if (field.Length == 0) throw CommandErrors.Missing(syntax, "a field within the parentheses of the trend");
        return new Trend(kind, period, field, $"{text[..open]}({field})");
    }
}

/// <summary>One moving average.</summary>
public sealed record Trend(string Kind, int Period, string Field, string Target);

/// <summary>Moving averages over a field's numbers, in the order of the rows.</summary>
public sealed record TrendlineStage(IReadOnlyList<Trend> Trends) : Stage
{
    /// <inheritdoc/>
    public override string Command => "trendline";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Trends.Select(trend => trend.Target));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Without(Trends.Select(trend => trend.Target)).With(Trends.Select(trend => trend.Field));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TrendlineOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"trendline {string.Join(", ", Trends.Select(trend => $"{trend.Kind}{trend.Period}({trend.Field}) AS {trend.Target}"))}";

    sealed class TrendlineOperator(TrendlineStage stage, RunContext run) : Operator
    {
        readonly Average[] _averages = [.. stage.Trends.Select(trend => new Average(trend))];

        public override bool Push(Batch batch)
        {
            run.ThrowIfCancelled();
            var result = batch;
            for (var i = 0; i < _averages.Length; i++)
            {
                var column = result.Find(stage.Trends[i].Field)?.Values;
                var values = new Value[batch.Count];
                // What is no number has no trend and does not count.
                for (var row = 0; column is not null && row < values.Length; row++)
                    if (column[row].TryNumber(out var number)) values[row] = _averages[i].Add(number);
                result = result.With(stage.Trends[i].Target, values);
            }
            return Next.Push(result);
        }
    }

    sealed class Average(Trend trend)
    {
        readonly Queue<double> _last = new();
        double _exponential;
        int _count;

        internal Value Add(double number)
        {
            if (_count < trend.Period) _count++;
            if (trend.Kind == "ema")
            {
                var alpha = 2.0 / (trend.Period + 1);
                _exponential = _count == 1 ? number : (alpha * number) + ((1 - alpha) * _exponential);
                return _count < trend.Period ? Value.Null : Value.FromNumber(_exponential);
            }
            if (_last.Count == trend.Period) _last.Dequeue();
            _last.Enqueue(number);
            if (_count < trend.Period) return Value.Null;
            // Added anew each time: a running sum would drift.
            double sum = 0, weights = 0, weight = 0;
            foreach (var one in _last)
            {
                weight = trend.Kind == "wma" ? weight + 1 : 1;
                sum += one * weight;
                weights += weight;
            }
            return Value.FromNumber(sum / weights);
        }
    }
}
