using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Turns values into numbers or readable times.</summary>
sealed class Convert : Command
{
    public override string Name => "convert";

    public override string Usage => "convert [timeformat=<format>] <function>(<field>) [AS <field>] [, ...]";

    public override string Summary => "Turns values into numbers or readable times.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var format = "%m/%d/%Y %H:%M:%S";
        var conversions = new List<Conversion>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var name, out var value))
                format = name == "timeformat" ? value.Value : throw CommandErrors.UnknownOption(syntax, name, value.Span, "timeformat");
            else conversions.Add(TakeOne(reader, syntax));
        }
        if (conversions.Count == 0) throw CommandErrors.Missing(syntax, "`<function>(<field>)`");
        return conversions.Exists(conversion => conversion.Function == "auto")
            ? new ConvertAutoStage(new ConvertStage(conversions, format) { At = syntax.Span }) { At = syntax.Span }
            : new ConvertStage(conversions, format) { At = syntax.Span };
    }

    static Conversion TakeOne(ArgumentReader reader, CommandSyntax syntax)
    {
        var function = reader.TakeKind(TokenKind.Word, "a function");
        var name = function.Value.ToLowerInvariant();
        if (!Conversion.Functions.Contains(name))
            throw new SplException(new Diagnostic("SPL128", $"`convert` has no function `{function.Text}`", function.Span, $"it has {string.Join(", ", Conversion.Functions)}", DiagnosticKind.Name));
        reader.TakeKind(TokenKind.Open, "`(` behind the function");
        var field = FieldArgument.Take(reader);
        reader.TakeKind(TokenKind.Close, "`)` behind the field");
        var target = reader.TryKeyword("as") ? FieldArgument.Take(reader).Value : field.Value;
        if (target.Count(letter => letter == '*') != field.Value.Count(letter => letter == '*'))
            throw CommandErrors.UnequalStars(field.Value, target, field.Span);
        return new Conversion(name, new Renaming(field.Value, target));
    }
}

/// <summary>`function(from) AS to`.</summary>
public sealed record Conversion(string Function, Renaming Fields)
{
    internal static readonly string[] Functions = ["auto", "ctime", "dur2sec", "memk", "mktime", "mstime", "none", "num", "rmcomma", "rmunit"];
}

/// <summary>Conversions of single values, one function after the other.</summary>
public sealed record ConvertStage(IReadOnlyList<Conversion> Conversions, string Format) : Stage
{
    /// <inheritdoc/>
    public override string Command => "convert";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Conversions.Select(conversion => conversion.Fields.To));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        var needed = after;
        foreach (var conversion in Conversions)
        {
            if (!conversion.Fields.IsPattern)
            {
                if (after.Contains(conversion.Fields.To)) needed = needed.With(conversion.Fields.From);
            }
            else if (after.IsOpen) needed = needed.With(conversion.Fields.From);
            else needed = needed.With(after.Names.Select(conversion.Fields.Reverse).OfType<string>());
        }
        return needed;
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ConvertOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() =>
        $"convert {string.Join(", ", Conversions.Select(conversion => $"{conversion.Function}({conversion.Fields.From}){(conversion.Fields.From == conversion.Fields.To ? "" : " AS " + conversion.Fields.To)}"))}";

    internal Batch Apply(Batch batch, RunContext run, Func<string, bool>? isAuto = null)
    {
        var source = batch;
        foreach (var conversion in Conversions)
        {
            if (conversion.Function == "none") continue;
            foreach (var column in source.Columns)
            {
                if (conversion.Fields.Apply(column.Name) is not { } target || IsExcepted(conversion, column.Name)) continue;
                if (conversion.Function == "auto" && isAuto?.Invoke(column.Name) != true) continue;
                var from = target == column.Name ? batch.Find(column.Name)! : column;
                var old = target == column.Name ? null : batch.Find(target)?.Values;
                var values = new Value[batch.Count];
                for (var row = 0; row < values.Length; row++)
                {
                    var value = from.Values[row];
                    values[row] = value.IsNull && old is not null ? old[row] : Each(conversion.Function, value, run);
                }
                batch = batch.With(target, values);
            }
        }
        return batch;
    }

    // `none(field)` keeps a field out of a wildcard's reach.
    bool IsExcepted(Conversion conversion, string field) =>
        conversion.Fields.IsPattern && Conversions.Any(other => other.Function == "none" && FieldArgument.Covers(other.Fields.From, field));

    Value Each(string function, Value value, RunContext run)
    {
        if (!value.IsMultivalue) return value.IsNull ? value : ValueConversion.Apply(function, value, Format, run);
        var many = new List<Value>();
        for (var i = 0; i < value.Count; i++)
            if (ValueConversion.Apply(function, value[i], Format, run) is { IsNull: false } converted) many.Add(converted);
        return Value.FromMany(many);
    }

    sealed class ConvertOperator(ConvertStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch) => Next.Push(stage.Apply(batch, run));
    }
}

/// <summary>Conversions with `auto` among them, which changes a field only when all its values are numbers.</summary>
public sealed record ConvertAutoStage(ConvertStage Inner) : Stage
{
    /// <inheritdoc/>
    public override string Command => "convert";

    /// <inheritdoc/>
    public override FieldSet Writes => Inner.Writes;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Inner.Needs(after);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new AutoOperator(Inner, run);

    /// <inheritdoc/>
    public override string Describe() => Inner.Describe();

    sealed class AutoOperator(ConvertStage stage, RunContext run) : KeptRows("convert", run)
    {
        protected override void GiveOut()
        {
            var numeric = Rows.Names.Where(IsNumeric).ToHashSet(StringComparer.Ordinal);
            PassOn(Rows.ToBatches(Run.BatchSize).Select(batch => stage.Apply(batch, Run, numeric.Contains)));
        }

        bool IsNumeric(string field)
        {
            for (var row = 0; row < Rows.Count; row++)
            {
                var value = Rows.Get(field, row);
                for (var i = 0; i < value.Count; i++)
                    if (!value[i].TryNumber(out _)) return false;
            }
            return true;
        }
    }
}
