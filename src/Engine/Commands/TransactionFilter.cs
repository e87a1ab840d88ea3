using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What `startswith` and `endswith` ask of an event: a filter in parentheses or quotes, or `eval(...)`.</summary>
public sealed class TransactionFilter
{
    const string Mark = "_transaction_row";

    readonly IReadOnlyList<Stage> _stages;

    TransactionFilter(IReadOnlyList<Stage> stages) => _stages = stages;

    /// <summary>The fields that it reads.</summary>
    public FieldSet Needs
    {
        get
        {
            var needed = FieldSet.None;
            foreach (var stage in _stages.Reverse()) needed = stage.Needs(needed);
            return needed;
        }
    }

    internal static TransactionFilter Take(ArgumentReader reader, BindContext context)
    {
        var first = reader.Take();
        var text = first.Value;
        if (first.Kind == TokenKind.Open || (first.Kind == TokenKind.Word && reader.Peek() is { Kind: TokenKind.Open, SpaceBefore: false }))
        {
            var last = first.Kind == TokenKind.Open ? first : reader.Take();
            for (var depth = 1; depth > 0;)
            {
                last = reader.Take();
                if (last.Kind == TokenKind.Open) depth++;
                else if (last.Kind == TokenKind.Close) depth--;
                else if (last.Kind == TokenKind.End) throw ArgumentReader.Error(SplErrors.Expected("a closing parenthesis", last, reader.Command));
            }
            text = reader.Command.Source[first.Span.Start..last.Span.End];
        }
        else if (first.Kind is not (TokenKind.Word or TokenKind.Quoted)) throw ArgumentReader.Error(SplErrors.Expected("a filter", first, reader.Command));
        var isEval = text.StartsWith("eval(", StringComparison.OrdinalIgnoreCase);
        var parsed = SplParser.Parse(isEval ? $"| where {text[4..]}" : $"| search {text}");
        if (parsed.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error)
            throw new SplException(error with { At = first.Span });
        return new TransactionFilter(context.BindPipeline(parsed.Search).Stages);
    }

    /// <summary>For each kept row, whether it passes.</summary>
    internal bool[] Test(RowStore rows, RunContext run)
    {
        var passes = new bool[rows.Count];
        Operator pipeline = new Sink(batch =>
        {
            foreach (var value in batch.Find(Mark)!.Values.AsSpan(0, batch.Count)) passes[(int)value.Number] = true;
            return true;
        });
        foreach (var stage in _stages.Reverse())
        {
            var operation = stage.Open(run);
            operation.Next = pipeline;
            pipeline = operation;
        }
        var at = 0;
        foreach (var batch in rows.ToBatches(run.BatchSize))
        {
            var numbers = new Value[batch.Count];
            for (var row = 0; row < numbers.Length; row++) numbers[row] = Value.FromNumber(at++);
            if (!pipeline.Push(batch.With(Mark, numbers))) break;
        }
        pipeline.Finish();
        return passes;
    }
}
