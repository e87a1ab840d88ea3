using Karst.Engine.Plans;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Splits a field's text into several values.</summary>
sealed class Makemv : Command
{
    public override string Name => "makemv";

    public override string Usage => "makemv [delim=<text> | tokenizer=\"<regex>\"] [allowempty=<bool>] [setsv=<bool>] <field>";

    public override string Summary => "Splits a field's text into several values.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new MakemvStage("", " ") { At = syntax.Span };
        Token? field = null;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "delim" => value.Value.Length > 0 ? stage with { Delimiter = value.Value } : throw CommandErrors.BadValue(syntax, name, value, "a text"),
                    "tokenizer" => stage with { Tokenizer = Tokenizer(value) },
                    "allowempty" => stage with { AllowsEmpty = OptionValue.Bool(syntax, name, value) },
                    // Whether the field is also kept as one text shows in exports of Splunk's only.
                    "setsv" => stage with { KeepsText = OptionValue.Bool(syntax, name, value) },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "delim", "tokenizer", "allowempty", "setsv"),
                };
            }
            else if (field is null) field = FieldArgument.Take(reader);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "a field name");
        return stage with { Field = field.Value };
    }

    static PcreRegex Tokenizer(Token value)
    {
        var regex = PcreRegex.Compile(value.Value, value.Span);
        return regex.GroupCount == 1
            ? regex
            : throw new SplException(new Diagnostic("SPL131", $"the tokenizer of `makemv` has {regex.GroupCount} groups instead of one", value.Span, "the group is what becomes a value: `([^,]+),?`"));
    }
}

/// <summary>A field's text split at a delimiter, or into what the tokenizer's group finds.</summary>
public sealed record MakemvStage(string Field, string Delimiter) : Stage
{
    /// <summary>Finds the values, instead of the delimiter.</summary>
    public PcreRegex? Tokenizer { get; init; }

    /// <summary>Delimiters that follow each other make empty values.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Accepted, without effect.</summary>
    public bool KeepsText { get; init; }

    /// <inheritdoc/>
    public override string Command => "makemv";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Field);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ValueOperator(Field, value => Split(value, run));

    /// <inheritdoc/>
    public override string Describe() => $"makemv {(Tokenizer is { } regex ? $"tokenizer=\"{regex.Pattern}\"" : $"delim=\"{Delimiter}\"")} {Field}";

    Value Split(Value value, RunContext run)
    {
        if (value.IsNull || value.IsMultivalue) return value;
        var text = value.ToString();
        var parts = Tokenizer is { } regex
            ? regex.Matches(text, run).Select(match => match.Groups[1].Value)
            : text.Split(Delimiter);
        var values = parts.Where(part => AllowsEmpty || part.Length > 0).Select(Value.FromText).ToList();
        return values.Count == 0 ? Value.Null : Value.FromMany(values);
    }
}
