using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Keeps the values of a field for which a condition holds; it may name one field only.</summary>
sealed class Mvfilter : Function
{
    public override string Name => "mvfilter";

    public override string Usage => "mvfilter(condition)";

    public override string Summary => "Keeps the values of a field for which a condition holds; it may name one field only.";

    public override (int Least, int Most) Arity => (1, 1);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        ExpressionBinder.Checked(arguments[0], call.Arguments[0], "`mvfilter`");
        var names = FieldNames.Of(call.Arguments[0]);
        if (names.Count != 1) throw ExpressionErrors.BadArgument(Name, "a condition over one field", string.Join(", ", names), call.Span);
        return new MvfilterEvaluator(binder.SlotOf(names[0]), arguments[0]);
    }

    sealed class MvfilterEvaluator(int slot, Evaluator condition) : Evaluator
    {
        protected override Evaluator FoldParts() => new MvfilterEvaluator(slot, condition.Fold());

        public override Value Evaluate(in Row row)
        {
            var values = row[slot];
            var kept = new List<Value>(values.Count);
            var single = SingleValueRow.Begin(row, slot);
            for (var i = 0; i < values.Count; i++)
                if (condition.Evaluate(single.With(values[i])).IsTrue) kept.Add(values[i]);
            return Value.FromMany(kept);
        }
    }
}
