using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>An eval function: tells everything about itself. One file each, and one line in <see cref="FunctionTable"/>.</summary>
public abstract class Function
{
    /// <summary>The name in SPL, lower case.</summary>
    public abstract string Name { get; }

    /// <summary>Other names: `ceil` for `ceiling`.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>What it is called with: `substr(text, start [, length])`.</summary>
    public abstract string Usage { get; }

    /// <summary>One sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>The least and the most arguments.</summary>
    public abstract (int Least, int Most) Arity { get; }

    /// <summary>Gives a Boolean.</summary>
    public virtual bool IsBoolean => false;

    /// <summary>Equal arguments always give an equal value: constant calls are folded. False for now(), random().</summary>
    public virtual bool IsPure => true;

    /// <summary>The same arguments give the same value throughout a run.</summary>
    public virtual bool IsRepeatable => true;

    /// <summary>
    /// Binds a call whose arity was checked. The default evaluates all arguments and calls <see cref="Call"/>; functions that look at
    /// their arguments lazily (if, case) or compile a constant one (match) override it.
    /// </summary>
    public virtual Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder) => new StrictCall(this, arguments);

    /// <summary>The value for evaluated arguments.</summary>
    public virtual Value Call(ReadOnlySpan<Value> arguments, RunContext run) => throw new NotSupportedException();
}

/// <summary>A call that evaluates all arguments first.</summary>
public sealed class StrictCall(Function function, Evaluator[] arguments) : Evaluator
{
    /// <inheritdoc/>
    public override bool IsConstant => function.IsPure && Array.TrueForAll(arguments, argument => argument.IsConstant);

    /// <inheritdoc/>
    public override bool IsBoolean => function.IsBoolean;

    /// <inheritdoc/>
    protected override Evaluator FoldParts() => new StrictCall(function, Array.ConvertAll(arguments, static argument => argument.Fold()));

    /// <inheritdoc/>
    public override Value Evaluate(in Row row)
    {
        switch (arguments.Length)
        {
            case 0:
                return function.Call([], row.Run);
            case 1:
                return function.Call([arguments[0].Evaluate(row)], row.Run);
            case 2:
                return function.Call([arguments[0].Evaluate(row), arguments[1].Evaluate(row)], row.Run);
        }
        var values = new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = arguments[i].Evaluate(row);
        return function.Call(values, row.Run);
    }
}
