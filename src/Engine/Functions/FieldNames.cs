using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>The fields that an expression names.</summary>
static class FieldNames
{
    /// <summary>Each name once, in the order of the text.</summary>
    internal static List<string> Of(EvalExpression expression)
    {
        var names = new List<string>();
        Collect(expression, names);
        return names;
    }

    static void Collect(EvalExpression expression, List<string> names)
    {
        switch (expression)
        {
            case EvalField field:
                if (!names.Contains(field.Name)) names.Add(field.Name);
                break;
            case EvalCall call:
                foreach (var argument in call.Arguments) Collect(argument, names);
                break;
            case EvalUnary unary:
                Collect(unary.Operand, names);
                break;
            case EvalBinary binary:
                Collect(binary.Left, names);
                Collect(binary.Right, names);
                break;
            case EvalIn list:
                Collect(list.Operand, names);
                foreach (var value in list.Values) Collect(value, names);
                break;
        }
    }
}
