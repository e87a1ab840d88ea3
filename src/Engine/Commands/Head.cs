using Karst.Engine.Expressions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the first rows.</summary>
sealed class Head : Command
{
    public override string Name => "head";

    public override string Usage => "head [<count> | (<expression>)] [limit=<count>] [null=<bool>] [keeplast=<bool>]";

    public override string Summary => "Keeps the first rows, 10 of them or as long as an expression is true.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new HeadStage(null) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "limit" => stage with { Count = OptionValue.Whole(syntax, name, value) },
                    "null" => stage with { PassesNull = OptionValue.Bool(syntax, name, value) },
                    "keeplast" => stage with { KeepsLast = OptionValue.Bool(syntax, name, value) },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "limit", "null", "keeplast"),
                };
            }
            else if (reader.Peek().Kind == TokenKind.Open) stage = stage with { While = context.BindEval(TakeExpression(reader)) };
            else stage = stage with { Count = OptionValue.Whole(syntax, "count", reader.Take()) };
        }
        return stage.While is null && stage.Count is null ? stage with { Count = 10 } : stage;
    }

    static EvalExpression TakeExpression(ArgumentReader reader)
    {
        var open = reader.Take();
        var depth = 1;
        var last = open;
        while (depth > 0)
        {
            last = reader.Take();
            if (last.Kind == TokenKind.Open) depth++;
            else if (last.Kind == TokenKind.Close) depth--;
            else if (last.Kind == TokenKind.End) throw ArgumentReader.Error(SplErrors.Expected("a closing parenthesis", last, reader.Command));
        }
        return SplParser.ParseEval(reader.Command.Source, open.Span.To(last.Span));
    }
}

/// <summary>The first rows: at most <see cref="Count"/>, and while <see cref="While"/> is true.</summary>
public sealed record HeadStage(int? Count) : Stage
{
    /// <summary>Rows are kept up to the first for which this is not true.</summary>
    public BoundExpression? While { get; init; }

    /// <summary>A row for which the expression is unknown counts as one for which it is true.</summary>
    public bool PassesNull { get; init; }

    /// <summary>The first row for which the expression is not true is kept too.</summary>
    public bool KeepsLast { get; init; }

    /// <inheritdoc/>
    public override string Command => "head";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => While is null ? after : after.With(While.Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new HeadOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"head{(Count is { } count ? " " + count : "")}{(While is { } expression ? $" ({expression.Text})" : "")}";

    sealed class HeadOperator(HeadStage stage, RunContext run) : Operator
    {
        readonly ExpressionRun? _while = stage.While?.Open(run);
        long _left = stage.Count ?? long.MaxValue;
        bool _ended;

        public override bool Push(Batch batch)
        {
            if (_ended || _left <= 0) return false;
            var count = (int)Math.Min(batch.Count, _left);
            if (_while is not null) count = Passing(batch, count);
            _left -= count;
            var wanted = count == 0 || Next.Push(count == batch.Count ? batch : batch.Select([.. Enumerable.Range(0, count)]));
            return wanted && !_ended && _left > 0;
        }

        int Passing(Batch batch, int count)
        {
            _while!.Start(batch);
            for (var row = 0; row < count; row++)
            {
                var value = _while.Evaluate(row);
                if (value.IsTrue || (value.IsNull && stage.PassesNull)) continue;
                _ended = true;
                return stage.KeepsLast ? row + 1 : row;
            }
            return count;
        }
    }
}
