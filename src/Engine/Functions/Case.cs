using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Gives the value of the first condition that is true; absent when none is.</summary>
sealed class Case : Function
{
    public override string Name => "case";

    public override string Usage => "case(condition, value, ...)";

    public override string Summary => "Gives the value of the first condition that is true; absent when none is.";

    public override (int Least, int Most) Arity => (2, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        if (arguments.Length % 2 != 0) throw ExpressionErrors.Arity(Name, Usage, arguments.Length, call.Span);
        for (var i = 0; i < arguments.Length; i += 2) ExpressionBinder.Checked(arguments[i], call.Arguments[i], "`case`");
        return new CaseEvaluator(arguments);
    }

    sealed class CaseEvaluator(Evaluator[] pairs) : Evaluator
    {
        public override bool IsConstant => Array.TrueForAll(pairs, static part => part.IsConstant);

        public override bool IsBoolean => pairs.Where((_, i) => i % 2 == 1).Any(value => value.IsBoolean);

        protected override Evaluator FoldParts() => new CaseEvaluator(Array.ConvertAll(pairs, static part => part.Fold()));

        public override Value Evaluate(in Row row)
        {
            for (var i = 0; i < pairs.Length; i += 2)
                if (pairs[i].Evaluate(row).IsTrue) return pairs[i + 1].Evaluate(row);
            return Value.Null;
        }
    }
}
