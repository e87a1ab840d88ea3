using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Gives one of two values by a condition; one that is unknown counts as false.</summary>
sealed class If : Function
{
    public override string Name => "if";

    public override string Usage => "if(condition, then, else)";

    public override string Summary => "Gives one of two values by a condition; one that is unknown counts as false.";

    public override (int Least, int Most) Arity => (3, 3);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        new IfEvaluator(ExpressionBinder.Checked(arguments[0], call.Arguments[0], "`if`"), arguments[1], arguments[2]);

    sealed class IfEvaluator(Evaluator condition, Evaluator then, Evaluator otherwise) : Evaluator
    {
        public override bool IsConstant => condition.IsConstant && then.IsConstant && otherwise.IsConstant;

        public override bool IsBoolean => then.IsBoolean || otherwise.IsBoolean;

        protected override Evaluator FoldParts()
        {
            var folded = condition.Fold();
            if (folded is ConstantEvaluator constant) return constant.Value.IsTrue ? then.Fold() : otherwise.Fold();
            return new IfEvaluator(folded, then.Fold(), otherwise.Fold());
        }

        public override Value Evaluate(in Row row) => condition.Evaluate(row).IsTrue ? then.Evaluate(row) : otherwise.Evaluate(row);
    }
}
