using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Replaces every match of a regular expression; \\1 stands for what its first group matched.</summary>
sealed class Replace : Function
{
    public override string Name => "replace";

    public override string Usage => "replace(text, regex, replacement)";

    public override string Summary => "Replaces every match of a regular expression; \\1 stands for what its first group matched.";

    public override (int Least, int Most) Arity => (3, 3);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        new ReplaceEvaluator(arguments[0], RegexArgument.Of(arguments[1], call.Arguments[1]), arguments[2]);

    sealed class ReplaceEvaluator(Evaluator text, RegexArgument regex, Evaluator replacement) : Evaluator
    {
        public override bool IsConstant => text.IsConstant && regex.IsConstant && replacement.IsConstant;

        protected override Evaluator FoldParts() => new ReplaceEvaluator(text.Fold(), regex, replacement.Fold());

        public override Value Evaluate(in Row row)
        {
            var value = text.Evaluate(row);
            var with = replacement.Evaluate(row);
            if (value.Count != 1 || with.Count != 1 || regex.For(row) is not { } compiled) return Value.Null;
            if (!compiled.IsMatch(value, row.Run)) return value;
            return Value.FromText(compiled.Replace(value.ToString(), with.ToString(), row.Run));
        }
    }
}
