using Karst.Engine.Expressions;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Tells whether the whole text matches a pattern, in which % is any run and _ one character.</summary>
sealed class Like : Function
{
    public override string Name => "like";

    public override string Usage => "like(text, pattern)";

    public override string Summary => "Tells whether the whole text matches a pattern, in which % is any run and _ one character.";

    public override (int Least, int Most) Arity => (2, 2);

    public override bool IsBoolean => true;

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) => new LikeEvaluator(arguments[0], arguments[1]);
}
