using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Gives the value of the first condition that is false; absent when all are true.</summary>
sealed class Validate : Function
{
    public override string Name => "validate";

    public override string Usage => "validate(condition, value, ...)";

    public override string Summary => "Gives the value of the first condition that is false; absent when all are true.";

    public override (int Least, int Most) Arity => (2, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        if (arguments.Length % 2 != 0) throw ExpressionErrors.Arity(Name, Usage, arguments.Length, call.Span);
        for (var i = 0; i < arguments.Length; i += 2) ExpressionBinder.Checked(arguments[i], call.Arguments[i], "`validate`");
        return new ValidateEvaluator(arguments);
    }

    sealed class ValidateEvaluator(Evaluator[] pairs) : Evaluator
    {
        public override bool IsConstant => Array.TrueForAll(pairs, static part => part.IsConstant);

        public override bool IsBoolean => pairs.Where((_, i) => i % 2 == 1).Any(value => value.IsBoolean);

        protected override Evaluator FoldParts() => new ValidateEvaluator(Array.ConvertAll(pairs, static part => part.Fold()));

        // An unknown condition is not true, so its value is given: nothing says that the row passed.
        public override Value Evaluate(in Row row)
        {
            for (var i = 0; i < pairs.Length; i += 2)
                if (!pairs[i].Evaluate(row).IsTrue) return pairs[i + 1].Evaluate(row);
            return Value.Null;
        }
    }
}
