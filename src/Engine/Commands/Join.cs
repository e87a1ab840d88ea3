using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Joins the rows of a subsearch to those with equal fields.</summary>
sealed class Join : Command
{
    public override string Name => "join";

    public override string Usage => "join [type=inner|left|outer] [max=<count>] [overwrite=<bool>] [usetime=<bool>] [earlier=<bool>] [<field>...] [<subsearch>]";

    public override string Summary => "Joins the rows of a search in brackets to the rows that have equal fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new JoinStage([], new Plan([])) { At = syntax.Span };
        var fields = new List<string>();
        while (reader.Peek().Kind is not (TokenKind.Subsearch or TokenKind.End))
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var name, out var value)) stage = Option(stage, syntax, name, value);
            else fields.Add(FieldArgument.TakePlain(reader).Value);
        }
        return stage with { Fields = fields, Subsearch = Subrows.Take(reader, context) };
    }

    static JoinStage Option(JoinStage stage, CommandSyntax syntax, string name, Token value) => name switch
    {
        "type" => stage with
        {
            KeepsUnmatched = value.Value.ToLowerInvariant() switch
            {
                "inner" => false,
                "left" or "outer" => true,
                _ => throw CommandErrors.BadValue(syntax, name, value, "`inner`, `left` or `outer`"),
            },
        },
        "max" => stage with { Most = OptionValue.Whole(syntax, name, value) },
        "overwrite" => stage with { Overwrites = OptionValue.Bool(syntax, name, value) },
        "usetime" => stage with { UsesTime = OptionValue.Bool(syntax, name, value) },
        "earlier" => stage with { IsEarlier = OptionValue.Bool(syntax, name, value) },
        _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "type", "max", "overwrite", "usetime", "earlier"),
    };
}

/// <summary>Rows joined to those of a subsearch by equal fields; without names, by all fields that both sides have.</summary>
public sealed record JoinStage(IReadOnlyList<string> Fields, Plan Subsearch) : Stage
{
    /// <summary>Rows without a partner stay (`type=left` and `type=outer`, which Splunk takes for the same).</summary>
    public bool KeepsUnmatched { get; init; }

    /// <summary>How many partners a row may have; 0 is all.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Fields of the subsearch replace those of the row.</summary>
    public bool Overwrites { get; init; } = true;

    /// <summary>Partners are limited by time.</summary>
    public bool UsesTime { get; init; }

    /// <summary>With <see cref="UsesTime"/>: partners are those not later than the row; else those not earlier.</summary>
    public bool IsEarlier { get; init; } = true;

    /// <inheritdoc/>
    public override IReadOnlyList<Plan> SideSearches => [Subsearch];

    /// <inheritdoc/>
    public override string Command => "join";

    /// <inheritdoc/>
    // Without names the fields are those that both sides have, which only all rows together tell.
    public override FieldSet Needs(FieldSet after)
    {
        if (Fields.Count == 0) return FieldSet.All;
        var needed = after.With(Fields);
        return UsesTime ? needed.With("_time") : needed;
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => Fields.Count == 0 ? new JoinAllOperator(this, run) : new JoinOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() =>
        $"join type={(KeepsUnmatched ? "left" : "inner")} max={Most} {string.Join(' ', Fields)} {Subsearch.Describe()}";
}
