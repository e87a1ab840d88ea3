using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Rounds the result of a calculation to the figures that its numbers have.</summary>
sealed class Sigfig : Function
{
    public override string Name => "sigfig";

    public override string Usage => "sigfig(number)";

    public override string Summary => "Rounds the result of a calculation to the figures that its numbers have.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) => new SigfigEvaluator(Part(call.Arguments[0], binder));

    // Products and quotients have as many figures as the number with the fewest; sums and differences as many decimals.
    static Figure Part(EvalExpression expression, ExpressionBinder binder) => expression switch
    {
        EvalBinary { Operator: "*" or "/" or "+" or "-" } binary => new CalculatedFigure(binary.Operator[0], Part(binary.Left, binder), Part(binary.Right, binder)),
        EvalNumber number => new FixedFigure(SignificantNumber.Of(number.Text)),
        _ => new ReadFigure(binder.BindNode(expression)),
    };

    sealed class SigfigEvaluator(Figure figure) : Evaluator
    {
        public override Value Evaluate(in Row row) => figure.Of(row) is { } number ? Value.FromNumber(number.Rounded) : Value.Null;
    }

    abstract class Figure
    {
        internal abstract SignificantNumber? Of(in Row row);
    }

    sealed class FixedFigure(SignificantNumber? number) : Figure
    {
        internal override SignificantNumber? Of(in Row row) => number;
    }

    sealed class ReadFigure(Evaluator value) : Figure
    {
        internal override SignificantNumber? Of(in Row row) => SignificantNumber.Of(value.Evaluate(row).ToString());
    }

    sealed class CalculatedFigure(char operation, Figure left, Figure right) : Figure
    {
        internal override SignificantNumber? Of(in Row row) =>
            left.Of(row) is { } one && right.Of(row) is { } other ? SignificantNumber.Calculate(operation, one, other) : null;
    }
}
