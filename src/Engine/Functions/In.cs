using Karst.Engine.Expressions;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Tells whether a value equals one of the candidates, without wildcards.</summary>
sealed class In : Function
{
    public override string Name => "in";

    public override string Usage => "in(value, candidate, ...)";

    public override string Summary => "Tells whether a value equals one of the candidates, without wildcards.";

    public override (int Least, int Most) Arity => (2, int.MaxValue);

    public override bool IsBoolean => true;

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) => new InEvaluator(arguments[0], arguments[1..]);
}
