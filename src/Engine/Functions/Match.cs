using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a regular expression is found in a text.</summary>
sealed class Match : Function
{
    public override string Name => "match";

    public override string Usage => "match(text, regex)";

    public override string Summary => "Tells whether a regular expression is found in a text.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsBoolean => true;

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) =>
        new MatchEvaluator(arguments[0], RegexArgument.Of(arguments[1], call.Arguments[1]));

    sealed class MatchEvaluator(Evaluator text, RegexArgument regex) : Evaluator
    {
        public override bool IsBoolean => true;

        public override bool IsConstant => text.IsConstant && regex.IsConstant;

        protected override Evaluator FoldParts() => new MatchEvaluator(text.Fold(), regex);

        public override Value Evaluate(in Row row)
        {
            var value = text.Evaluate(row);
            if (value.IsNull) return Value.Null;
            return regex.For(row) is { } compiled ? Value.FromBool(compiled.IsMatch(value, row.Run)) : Value.Null;
        }
    }
}
