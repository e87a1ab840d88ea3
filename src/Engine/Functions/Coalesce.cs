using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Gives the first value that is there.</summary>
sealed class Coalesce : Function
{
    public override string Name => "coalesce";

    public override string Usage => "coalesce(value, ...)";

    public override string Summary => "Gives the first value that is there.";

    public override (int Least, int Most) Arity => (1, int.MaxValue);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) => new CoalesceEvaluator(arguments);

    sealed class CoalesceEvaluator(Evaluator[] values) : Evaluator
    {
        public override bool IsConstant => Array.TrueForAll(values, static value => value.IsConstant);

        public override bool IsBoolean => Array.Exists(values, static value => value.IsBoolean);

        protected override Evaluator FoldParts() => new CoalesceEvaluator(Array.ConvertAll(values, static value => value.Fold()));

        public override Value Evaluate(in Row row)
        {
            foreach (var evaluator in values)
            {
                var value = evaluator.Evaluate(row);
                if (!value.IsNull) return value;
            }
            return Value.Null;
        }
    }
}
