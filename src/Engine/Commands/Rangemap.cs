using System.Globalization;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Names the range that a number lies in (Splunk search reference, rangemap).</summary>
sealed class Rangemap : Command
{
    public override string Name => "rangemap";

    public override string Usage => "rangemap field=<field> [<name>=<number>-<number>]... [default=<text>]";

    public override string Summary => "Names the ranges that a field's number lies in, in the field `range`.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        string? field = null;
        var otherwise = "None";
        var ranges = new List<NamedRange>();
        while (!reader.AtEnd)
        {
            if (reader.Peek() is not { Kind: TokenKind.Word } word || !reader.TryOption(out var name, out var value))
                throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            if (name == "field") field = value.Value;
            else if (name == "default") otherwise = value.Value;
            else ranges.Add(Range(syntax, word.Text, value));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "`field=`");
        return new RangemapStage(field, ranges, otherwise) { At = syntax.Span };
    }

    static NamedRange Range(CommandSyntax syntax, string name, Token value)
    {
        // A sign may stand at the beginning, so the dash that parts the numbers is looked for behind it: `-5--1`.
        var dash = value.Value.Length > 1 ? value.Value.IndexOf('-', 1) : -1;
        if (dash < 0 || !Number(value.Value[..dash], out var from) || !Number(value.Value[(dash + 1)..], out var to))
            throw CommandErrors.BadValue(syntax, name, value, "a range such as `1-5` or `-5--1`");
        return from <= to ? new NamedRange(name, from, to) : throw CommandErrors.BadValue(syntax, name, value, "a range from the lower number to the higher");
    }

    static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}

/// <summary>A range of numbers, both ends belonging to it.</summary>
public sealed record NamedRange(string Name, double From, double To);

/// <summary>The names of the ranges that a number lies in; without one, a text.</summary>
public sealed record RangemapStage(string Field, IReadOnlyList<NamedRange> Ranges, string Default) : Stage
{
    /// <inheritdoc/>
    public override string Command => "rangemap";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of("range");

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Without("range").With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new RangeOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"rangemap field={Field} {string.Join(' ', Ranges.Select(range => $"{range.Name}={Value.FromNumber(range.From)}-{Value.FromNumber(range.To)}"))} default={Default}";

    sealed class RangeOperator(RangemapStage stage) : Operator
    {
        readonly Value[] _names = [.. stage.Ranges.Select(range => Value.FromText(range.Name))];
        readonly Value _default = Value.FromText(stage.Default);

        public override bool Push(Batch batch)
        {
            var numbers = batch.Find(stage.Field)?.Values;
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++) values[row] = numbers is null ? _default : Name(numbers[row]);
            return Next.Push(batch.With("range", values));
        }

        Value Name(Value value)
        {
            if (!value.TryNumber(out var number)) return _default;
            var names = new List<Value>();
            for (var i = 0; i < _names.Length; i++)
                if (number >= stage.Ranges[i].From && number <= stage.Ranges[i].To) names.Add(_names[i]);
            return names.Count == 0 ? _default : Value.FromMany(names);
        }
    }
}
