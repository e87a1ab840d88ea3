using Karst.Engine.Aggregates;
using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>
/// An eval expression over aggregates, `eval(avg(size)/max(delay)) AS ratio` (Splunk search reference, chart): computed for each cell from the results
/// of its aggregates, which are the expression's fields, by the names they are written with.
/// </summary>
public sealed record AggregateFormula(BoundExpression Expression, string Name, Span At)
{
    /// <summary>Takes `eval(...)` with its AS, if it is next.</summary>
    internal static SeriesColumn? TryTake(ArgumentReader reader)
    {
        if (reader.Peek(1).Kind != TokenKind.Open || !reader.TryKeyword("eval")) return null;
        var source = reader.Command.Source;
        var inner = reader.TakeGroup();
        var syntax = SplParser.ParseEval(source, inner);
        var taken = new List<Aggregation>();
        var expression = ExpressionBinder.Bind(WithResults(syntax, taken, reader.Command));
        var name = $"eval({source.Substring(inner.Start, inner.Length)})";
        if (taken.Count == 0) throw AggregationErrors.NoAggregate(inner);
        if (reader.TryKeyword("as")) name = FieldArgument.Take(reader, "a name for the column").Value;
        if (expression.Root.IsBoolean) throw ExpressionErrors.BooleanResult(name, inner);
        return new SeriesColumn(taken) { Formula = new AggregateFormula(expression, name, inner) };
    }

    /// <summary>The same formula with its constant parts computed.</summary>
    internal AggregateFormula Fold() => this with { Expression = Expression.Fold() };

    /// <summary>The value for results by the names of their aggregates.</summary>
    internal Value Compute(IEnumerable<(string Name, Value Value)> results, RunContext run)
    {
        var open = Expression.Open(run);
        open.Start(new Batch(1, [.. results.Select(result => new Column(result.Name, [result.Value]))]));
        return open.Evaluate(0);
    }

    /// <inheritdoc/>
    public override string ToString() => $"eval({Expression.Text}) AS \"{Name}\"";

    // The expression with a field in the place of each aggregate. A name that is an aggregate's and a function's (max, min, sum, avg) is the aggregate's with
    // one field, the function's with several arguments.
    static EvalExpression WithResults(EvalExpression node, List<Aggregation> taken, CommandSyntax command)
    {
        switch (node)
        {
            case EvalCall { Arguments.Count: <= 1 } call when AggregateTable.Find(call.Function) is var (function, number):
                return Result(call, function, number, taken, command);
            // A word by itself counts rows.
            case EvalField { Quoted: false } word when AggregateTable.Find(word.Name) is var (function, number) && function.IsFieldOptional:
                return Result(new EvalCall(word.Name, [], word.Span), function, number, taken, command);
            case EvalField field:
                throw AggregationErrors.FieldInFormula(field.Name, field.Span);
            case EvalCall call:
                return call with { Arguments = [.. call.Arguments.Select(Below)] };
            case EvalUnary unary:
                return unary with { Operand = Below(unary.Operand) };
            case EvalBinary binary:
                return binary with { Left = Below(binary.Left), Right = Below(binary.Right) };
            case EvalIn list:
                return list with { Operand = Below(list.Operand), Values = [.. list.Values.Select(Below)] };
            default:
                return node;
        }

        EvalExpression Below(EvalExpression part) => WithResults(part, taken, command);
    }

    static EvalField Result(EvalCall call, Aggregate function, double number, List<Aggregation> taken, CommandSyntax command)
    {
        var at = call.Span;
        if (function is Sparkline || function.PerSeconds > 0) throw CommandErrors.Unsupported(command, $"`{call.Function}` within `eval`", at, "it can be a column by itself");
        if (function.TakesNumber && number is not (>= 0 and <= 100)) throw AggregationErrors.NeedsPercent(function, new Token(TokenKind.Word, call.Function, call.Function, at, SpaceBefore: false));
        var (field, eval) = call.Arguments switch
        {
            [] => (null, null),
            [EvalField named] when !FieldArgument.IsPattern(named.Name) => (named.Name, null),
            [EvalCall { Arguments: [var condition] } inner] when inner.Function.Equals("eval", StringComparison.OrdinalIgnoreCase) => ((string?)null, ExpressionBinder.Bind(condition)),
            _ => throw CommandErrors.Unsupported(command, $"what `{call.Function}` reads", call.Arguments[0].Span, "a field, or `eval(...)`"),
        };
        if (field is null && eval is null && !function.IsFieldOptional) throw AggregationErrors.NeedsField(function, new Token(TokenKind.Word, call.Function, call.Function, at, SpaceBefore: false));
        var name = ExpressionText.Of(call);
        if (!taken.Exists(known => known.Name == name)) taken.Add(new Aggregation(function, number, field, eval, name, at));
        return new EvalField(name, Quoted: true, at);
    }
}
