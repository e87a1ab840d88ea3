using System.Globalization;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Functions;

/// <summary>Makes a text of a value.</summary>
sealed class Tostring : Function
{
    public override string Name => "tostring";

    public override string Usage => "tostring(value [, \"hex\" | \"commas\" | \"duration\" | \"binary\"])";

    public override string Summary => "Makes a text of a value.";

    public override (int Least, int Most) Arity => (1, 2);

    public override Evaluator Bind(EvalCall call, Evaluator[] arguments, ExpressionBinder binder)
    {
        if (call.Arguments.Count > 1 && call.Arguments[1] is EvalText format && format.Value is not ("hex" or "commas" or "duration" or "binary"))
            throw ExpressionErrors.BadArgument(Name, "`hex`, `commas`, `duration` or `binary`", format.Value, format.Span);
        return base.Bind(call, arguments, binder);
    }

    public override Value Call(ReadOnlySpan<Value> arguments, RunContext run)
    {
        var value = arguments[0];
        if (value.IsNull) return value;
        if (arguments.Length == 1) return value.IsMultivalue ? value : value.AsText();
        if (!value.TryNumber(out var number)) return value.AsText();
        var text = arguments[1].ToString() switch
        {
            "hex" => Whole(number, "X") is { } digits ? "0x" + digits : null,
            "binary" => Whole(number, "B"),
            "commas" => Round.ToPlaces(number, 2) is var rounded && rounded == Math.Floor(rounded)
                ? rounded.ToString("#,##0", CultureInfo.InvariantCulture)
                : rounded.ToString("#,##0.00", CultureInfo.InvariantCulture),
            "duration" => Duration(number),
            _ => null,
        };
        return text is null ? Value.Null : Value.FromText(text);
    }

    static string? Whole(double number, string format) =>
        Math.Abs(number) > 9e18 ? null : ((long)number).ToString(format, CultureInfo.InvariantCulture);

    static string? Duration(double seconds)
    {
        if (Math.Abs(seconds) > 9e15) return null;
        var sign = seconds < 0 ? "-" : "";
        // To the six digits that are printed, before the parts are taken, so that none of them overflows.
        seconds = Round.ToPlaces(Math.Abs(seconds), 6);
        var whole = (long)Math.Floor(seconds);
        var days = whole / 86_400;
        var fraction = seconds - whole > 0 ? (seconds - whole).ToString(".000000", CultureInfo.InvariantCulture) : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{sign}{(days > 0 ? $"{days}+" : "")}{whole / 3_600 % 24:00}:{whole / 60 % 60:00}:{whole % 60:00}{fraction}");
    }
}
