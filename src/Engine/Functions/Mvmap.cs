using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Gives an expression for each value: the field of the first argument stands for one value at a time.</summary>
sealed class Mvmap : Function
{
    public override string Name => "mvmap";

    public override string Usage => "mvmap(values, expression)";

    public override string Summary => "Gives an expression for each value: the field of the first argument stands for one value at a time.";

    public override (int Least, int Most) Arity => (2, 3);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        if (arguments[1].IsBoolean) throw ExpressionErrors.BooleanResult("a value of mvmap", call.Arguments[1].Span);
        if (arguments.Length > 2) throw ExpressionErrors.Unsupported("the third argument of `mvmap`", call.Arguments[2].Span);
        var names = FieldNames.Of(call.Arguments[0]);
        if (names.Count == 0) throw ExpressionErrors.BadArgument(Name, "a field in its first argument", "none", call.Arguments[0].Span);
        return new MvmapEvaluator(arguments[0], binder.SlotOf(names[0]), arguments[1]);
    }

    sealed class MvmapEvaluator(Evaluator values, int slot, Evaluator expression) : Evaluator
    {
        protected override Evaluator FoldParts() => new MvmapEvaluator(values.Fold(), slot, expression.Fold());

        public override Value Evaluate(in Row row)
        {
            var value = values.Evaluate(row);
            var mapped = new List<Value>(value.Count);
            var single = SingleValueRow.Begin(row, slot);
            for (var i = 0; i < value.Count; i++)
            {
                var result = expression.Evaluate(single.With(value[i]));
                for (var j = 0; j < result.Count; j++) mapped.Add(result[j]);
            }
            return Value.FromMany(mapped);
        }
    }
}
