using Karst.Engine.Aggregates;
using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The grammar of aggregates that the stats family shares: `count sum(x) AS y, count(eval(...)), values(*)`.</summary>
public static class AggregationGrammar
{
    /// <summary>Takes aggregates up to the end, a word in <paramref name="stop"/>, or an option.</summary>
    public static List<Aggregation> TakeAll(ArgumentReader reader, params ReadOnlySpan<string> stop)
    {
        var taken = new List<Aggregation>();
        while (!reader.AtEnd)
        {
            var token = reader.Peek();
            if (token.Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            if (IsStop(token, stop) || reader.Peek(1) is { Kind: TokenKind.Operator, Text: "=" }) break;
            Add(taken, Take(reader));
        }
        return taken;
    }

    /// <summary>Takes one aggregate with its AS.</summary>
    public static Aggregation Take(ArgumentReader reader)
    {
        var name = reader.TakeKind(TokenKind.Word, "an aggregate such as `count` or `sum(field)`");
        if (AggregateTable.Find(name.Text) is not var (function, number)) throw Unknown(reader, name);
        if (function.TakesNumber && (double.IsNaN(number) || number is < 0 or > 100))
            throw AggregationErrors.NeedsPercent(function, name);
        if (function.PerSeconds > 0 && reader.Command.Name != "timechart")
            throw CommandErrors.Unsupported(reader.Command, $"`{function.Name}`", name.Span, "it belongs to `timechart`, whose rows have a length in time");
        string? field = null;
        BoundExpression? eval = null;
        var written = name.Text;
        var at = name.Span;
        if (function is Sparkline)
        {
            (function, field, var input, var end) = SparklineInput(reader, name);
            at = name.Span.To(end);
            written = input is null ? name.Text : $"{name.Text}({input})";
        }
        else if (reader.Peek().Kind == TokenKind.Open)
        {
            reader.Take();
            (field, eval, var input, var end) = Input(reader, name);
            at = name.Span.To(end);
            written = input is null ? name.Text : $"{name.Text}({input})";
        }
        if (field is null && eval is null && !function.IsFieldOptional) throw AggregationErrors.NeedsField(function, name);
        if (!reader.TryKeyword("as")) return new Aggregation(function, number, field, eval, written, at);
        var alias = FieldArgument.Take(reader, "a name for the column");
        if (field is not null && field.Count(c => c == '*') is var stars and > 0 && alias.Value.Count(c => c == '*') != stars)
            throw CommandErrors.UnequalStars(field, alias.Value, alias.Span);
        return new Aggregation(function, number, field, eval, alias.Value, at);
    }

    // What stands in the parentheses: a field, `eval(expression)`, or nothing.
    static (string? Field, BoundExpression? Eval, string? Written, Span End) Input(ArgumentReader reader, Token name)
    {
        var source = reader.Command.Source;
        var first = reader.Take();
        if (first.Kind == TokenKind.Close) return (null, null, null, first.Span);
        if (first is { Kind: TokenKind.Word } && first.Text.Equals("eval", StringComparison.OrdinalIgnoreCase) && reader.Peek().Kind == TokenKind.Open)
        {
            var open = reader.Take();
            var close = Closing(reader);
            var inner = Span.FromBounds(open.Span.End, close.Span.Start);
            var end = reader.TakeKind(TokenKind.Close, "a closing parenthesis");
            var expression = SplParser.ParseEval(source, inner);
            return (null, ExpressionBinder.Bind(expression), source.Substring(first.Span.Start, close.Span.End - first.Span.Start), end.Span);
        }
        if (first.Kind is not (TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted)) throw ArgumentReader.Error(SplErrors.Expected("a field name", first, reader.Command));
        if (reader.Peek().Kind != TokenKind.Close) throw AggregationErrors.OneField(name, reader.Peek());
        return (first.Value, null, first.Value, reader.Take().Span);
    }

    // `sparkline`, `sparkline(avg(x))`, `sparkline(count, 1h)`: an aggregate over stretches of time.
    static (Sparkline Function, string? Field, string? Written, Span End) SparklineInput(ArgumentReader reader, Token name)
    {
        if (reader.Command.Name is not ("stats" or "chart"))
            throw CommandErrors.Unsupported(reader.Command, "`sparkline`", name.Span, "it belongs to `stats` and `chart`");
        if (reader.Peek().Kind != TokenKind.Open) return (new Sparkline(), null, null, name.Span);
        var open = reader.Take();
        var inner = Take(reader);
        if (inner.Eval is not null || inner.IsPattern || !Sparkline.Takes(inner.Function))
            throw CommandErrors.Unsupported(reader.Command, $"`{inner.Name}` within `sparkline`", inner.At, $"it takes one of {string.Join(", ", Sparkline.Inner)} over a field");
        TimeLength? span = null;
        if (reader.Peek().Kind == TokenKind.Comma)
        {
            reader.Take();
            var token = reader.TakeField("a stretch of time such as `1h`");
            span = SpanLength.Parse(token.Value) as TimeLength ?? throw CommandErrors.BadValue(reader.Command, "the stretch of `sparkline`", token, "a time such as `5m` or `1d`");
        }
        var close = reader.TakeKind(TokenKind.Close, "a closing parenthesis");
        var written = reader.Command.Source.Substring(open.Span.End, close.Span.Start - open.Span.End);
        return (new Sparkline(inner.Function, span), inner.Field, written, close.Span);
    }

    static Token Closing(ArgumentReader reader)
    {
        for (var depth = 1; ;)
        {
            var token = reader.Take();
            if (token.Kind == TokenKind.End) throw ArgumentReader.Error(SplErrors.Expected("a closing parenthesis", token, reader.Command));
            if (token.Kind == TokenKind.Open) depth++;
            else if (token.Kind == TokenKind.Close && --depth == 0) return token;
        }
    }

    // The same aggregate twice is harmless; two different ones cannot share a column.
    static void Add(List<Aggregation> taken, Aggregation next)
    {
        var same = taken.Find(known => known.Name == next.Name);
        if (same is null) taken.Add(next);
        else if (same.Function != next.Function || same.Field != next.Field || same.Eval?.Text != next.Eval?.Text) throw AggregationErrors.SameName(next.Name, next.At);
    }

    static bool IsStop(Token token, ReadOnlySpan<string> stop)
    {
        if (token.Kind != TokenKind.Word) return false;
        foreach (var word in stop)
            if (token.Text.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    static SplException Unknown(ArgumentReader reader, Token name)
    {
        if (KnownAggregates.Reason(name.Text) is { } reason) return CommandErrors.Unsupported(reader.Command, $"`{name.Text}`", name.Span, reason);
        var nearest = NearestName.Find(name.Text, AggregateTable.All.SelectMany(known => known.Aliases.Prepend(known.Name)));
        return AggregationErrors.Unknown(name, nearest);
    }
}
