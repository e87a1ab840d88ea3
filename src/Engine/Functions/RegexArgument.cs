using Karst.Engine.Expressions;
using Karst.Engine.Regexes;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>An argument that is a regular expression: compiled once when constant, else by row.</summary>
sealed class RegexArgument
{
    readonly PcreRegex? _constant;
    readonly Evaluator _pattern;

    RegexArgument(Evaluator pattern, PcreRegex? constant)
    {
        _pattern = pattern;
        _constant = constant;
    }

    /// <summary>The pattern is the same for every row.</summary>
    internal bool IsConstant => _constant is not null;

    /// <summary>Binds the argument; a constant pattern that cannot be used is a diagnostic.</summary>
    internal static RegexArgument Of(Evaluator pattern, EvalExpression syntax)
    {
        if (pattern.Fold() is ConstantEvaluator { Value: { IsNull: false } text }) return new RegexArgument(pattern, PcreRegex.Compile(text.ToString(), syntax.Span));
        return new RegexArgument(pattern, null);
    }

    /// <summary>The expression for a row; null when the pattern is absent or cannot be used.</summary>
    internal PcreRegex? For(in Row row)
    {
        if (_constant is not null) return _constant;
        var pattern = _pattern.Evaluate(row);
        return pattern.Count == 1 ? PcreRegex.TryCompile(pattern.ToString(), row.Run) : null;
    }
}
