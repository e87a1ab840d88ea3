using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Gives the place, from 0, of the first value that matches; absent when none does.</summary>
sealed class Mvfind : Function
{
    public override string Name => "mvfind";

    public override string Usage => "mvfind(values, regex)";

    public override string Summary => "Gives the place, from 0, of the first value that matches; absent when none does.";

    public override (int Least, int Most) Arity => (2, 2);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        new MvfindEvaluator(arguments[0], RegexArgument.Of(arguments[1], call.Arguments[1]));

    sealed class MvfindEvaluator(Evaluator values, RegexArgument regex) : Evaluator
    {
        public override bool IsConstant => values.IsConstant && regex.IsConstant;

        protected override Evaluator FoldParts() => new MvfindEvaluator(values.Fold(), regex);

        public override Value Evaluate(in Row row)
        {
            var value = values.Evaluate(row);
            if (value.IsNull || regex.For(row) is not { } compiled) return Value.Null;
            for (var i = 0; i < value.Count; i++)
                if (compiled.IsMatch(value[i], row.Run)) return Value.FromNumber(i);
            return Value.Null;
        }
    }
}
