using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The most common values.</summary>
sealed class Top : Command
{
    public override string Name => "top";

    public override string Usage => "top [<count>] [limit=<count>] [countfield=<name>] [percentfield=<name>] [showcount=<bool>] [showperc=<bool>] [useother=<bool>] [otherstr=<text>] <field> ... [BY <field> ...]";

    public override string Summary => "Gives the most common combinations of values, with their count and percentage.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => TopStage.Bind(syntax, rare: false);
}

/// <summary>The most or least common combinations of the fields, in each group of <see cref="By"/>. Rows that lack a field are passed over.</summary>
public sealed record TopStage(IReadOnlyList<string> Fields, IReadOnlyList<string> By) : Stage
{
    /// <summary>The least common instead.</summary>
    public bool IsRare { get; init; }

    /// <summary>How many a group; 0 is all.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>The column of the count; null leaves it away.</summary>
    public string? CountField { get; init; } = "count";

    /// <summary>The column of the percentage; null leaves it away.</summary>
    public string? PercentField { get; init; } = "percent";

    /// <summary>What stands for all other values in a row of their own; null gives no such row.</summary>
    public string? Other { get; init; }

    /// <inheritdoc/>
    public override string Command => IsRare ? "rare" : "top";

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of(Fields.Concat(By));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TopOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"{Command} limit={Limit} {string.Join(' ', Fields)}{ByFields.Describe(By)}";

    internal static TopStage Bind(CommandSyntax syntax, bool rare)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new TopStage([], []) { At = syntax.Span, IsRare = rare };
        var (count, percent, other) = (true, true, false);
        var otherText = "OTHER";
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                switch (name)
                {
                    case "limit": stage = stage with { Limit = OptionValue.Whole(syntax, name, value) }; break;
                    case "countfield": stage = stage with { CountField = value.Value }; break;
                    case "percentfield": stage = stage with { PercentField = value.Value }; break;
                    case "showcount": count = OptionValue.Bool(syntax, name, value); break;
                    case "showperc": percent = OptionValue.Bool(syntax, name, value); break;
                    case "useother": other = OptionValue.Bool(syntax, name, value); break;
                    case "otherstr": otherText = value.Value; break;
                    default:
                        throw CommandErrors.UnknownOption(syntax, name, value.Span, "limit", "countfield", "percentfield", "showcount", "showperc", "useother", "otherstr");
                }
            }
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryKeyword("by")) stage = stage with { By = ByFields.Take(reader) };
            else if (fields.Count == 0 && reader.Peek() is { Kind: TokenKind.Word } word && word.Text.All(char.IsAsciiDigit))
                stage = stage with { Limit = OptionValue.Whole(syntax, "count", reader.Take()) };
            else fields.AddRange(ByFields.Take(reader, "by"));
        }
        if (fields.Count == 0) throw CommandErrors.Missing(syntax, "a field");
        return stage with
        {
            Fields = fields,
            CountField = count ? stage.CountField : null,
            PercentField = percent ? stage.PercentField : null,
            Other = other ? otherText : null,
        };
    }
}
