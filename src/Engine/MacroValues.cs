using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine;

/// <summary>Evaluates the expressions of macros (iseval, validation): no fields, the run's clock.</summary>
static class MacroValues
{
    internal static MacroEvaluator Evaluator(CompileOptions options) => expression =>
    {
        var bound = ExpressionBinder.Bind(SplParser.ParseEval(expression, new Span(0, expression.Length)));
        var run = bound.Open(new RunContext { Now = options.Now, Zone = options.Zone, Limits = options.Limits });
        run.Start(new Batch(1, []));
        var value = run.Evaluate(0);
        if (value.IsNull) return null;
        return value.IsBool ? value.IsTrue ? "true" : "false" : value.ToString();
    };
}
