using System.Text;
using Karst.Spl;

namespace Karst.Engine.Expressions;

/// <summary>An expression as text, for `--plan` and for columns that are named after it.</summary>
static class ExpressionText
{
    /// <summary>The text; operands of operators that are operators themselves stand in parentheses.</summary>
    internal static string Of(EvalExpression expression)
    {
        var text = new StringBuilder();
        Write(text, expression);
        return text.ToString();
    }

    static void Write(StringBuilder text, EvalExpression expression)
    {
        switch (expression)
        {
            case EvalNumber number:
                text.Append(number.Text);
                break;
            case EvalText literal:
                text.Append('"').Append(Quoting.Escape(literal.Value)).Append('"');
                break;
            case EvalField field:
                text.Append(field.Quoted ? $"'{field.Name}'" : field.Name);
                break;
            case EvalCall call:
                text.Append(call.Function);
                List(text, call.Arguments);
                break;
            case EvalUnary unary:
                text.Append(unary.Operator).Append(unary.Operator == "-" ? "" : " ");
                Operand(text, unary.Operand);
                break;
            case EvalBinary binary:
                Operand(text, binary.Left, binary.Operator);
                text.Append(' ').Append(binary.Operator).Append(' ');
                Operand(text, binary.Right);
                break;
            case EvalIn list:
                Operand(text, list.Operand);
                text.Append(" IN ");
                List(text, list.Values);
                break;
            case EvalMacro macro:
                text.Append('`').Append(macro.Call.Name).Append('`');
                break;
        }
    }

    static void Operand(StringBuilder text, EvalExpression operand, string? within = null)
    {
        var bare = operand is not (EvalBinary or EvalUnary or EvalIn) || (operand is EvalBinary binary && binary.Operator == within);
        if (!bare) text.Append('(');
        Write(text, operand);
        if (!bare) text.Append(')');
    }

    static void List(StringBuilder text, IReadOnlyList<EvalExpression> items)
    {
        text.Append('(');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, items[i]);
        }
        text.Append(')');
    }
}
