using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Reads a number, of base 2 to 36; absent when the text is none.</summary>
sealed class Tonumber : Function
{
    public override string Name => "tonumber";

    public override string Usage => "tonumber(text [, base])";

    public override string Summary => "Reads a number, of base 2 to 36; absent when the text is none.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        // Splunk refuses the search when a literal is no number; a field that holds none only gives absent.
        if (call.Arguments[0] is EvalText literal && arguments.Length == 1 && !Value.FromText(literal.Value).TryNumber(out _))
            throw ExpressionErrors.BadArgument(Name, "a number", literal.Value, literal.Span);
        // So it does a base that there is not.
        if (call.Arguments.Count == 2 && call.Arguments[1] is EvalNumber { Value: var radix } number && (radix is < 2 or > 36 || radix != Math.Floor(radix)))
            throw ExpressionErrors.BadArgument(Name, "a base of 2 to 36", number.Text, number.Span);
        return base.Bind(call, arguments, binder);
    }

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        if (arguments[0].IsBool || arguments[0].IsMultivalue) return Value.Null;
        if (arguments.Length == 1) return arguments[0].TryNumber(out var number) ? Value.FromNumber(number) : Value.Null;
        if (!arguments[1].TryNumber(out var radix) || radix is < 2 or > 36 || radix != Math.Floor(radix) || arguments[0].IsNull) return Value.Null;
        if (radix == 10) return arguments[0].TryNumber(out var ten) ? Value.FromNumber(ten) : Value.Null;
        return Read(arguments[0].AsUtf8(), (int)radix);
    }

    static Value Read(ReadOnlySpan<byte> text, int radix)
    {
        var negative = text.StartsWith("-"u8);
        if (negative) text = text[1..];
        if (radix == 16 && (text.StartsWith("0x"u8) || text.StartsWith("0X"u8))) text = text[2..];
        if (text.IsEmpty) return Value.Null;
        var value = 0.0;
        foreach (var unit in text)
        {
            var digit = unit switch
            {
                >= (byte)'0' and <= (byte)'9' => unit - '0',
                >= (byte)'a' and <= (byte)'z' => unit - 'a' + 10,
                >= (byte)'A' and <= (byte)'Z' => unit - 'A' + 10,
                _ => 99,
            };
            if (digit >= radix) return Value.Null;
            value = (value * radix) + digit;
        }
        return double.IsFinite(value) ? Value.FromNumber(negative ? -value : value) : Value.Null;
    }
}
