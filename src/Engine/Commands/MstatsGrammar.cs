using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What an `mstats` says.</summary>
sealed record MstatsGrammar(CommandSyntax Syntax)
{
    /// <summary>The aggregates in order.</summary>
    internal List<Aggregation> Aggregations { get; } = [];

    /// <summary>The filter; null keeps all.</summary>
    internal SearchExpression? Where { get; private set; }

    /// <summary>The dimensions to group by, each once.</summary>
    internal List<Token> By { get; } = [];

    /// <summary>The size of the buckets of `_time`; null makes none.</summary>
    internal SpanLength? Span { get; private set; }

    /// <summary>What stands for an absent value of a BY field; null drops such rows.</summary>
    internal string? Fill { get; private set; }

    internal static MstatsGrammar Read(CommandSyntax syntax)
    {
        var grammar = new MstatsGrammar(syntax);
        var reader = new ArgumentReader(syntax);
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var option, out var value)) grammar.TakeOption(option, value);
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryKeyword("where")) grammar.Where = SplParser.ParseSearch(reader, "by", "groupby") ?? throw CommandErrors.Missing(syntax, "a filter behind WHERE");
            else if (reader.TryKeyword("by") || reader.TryKeyword("groupby")) grammar.TakeBy(reader);
            else grammar.TakeAggregations(reader);
        }
        if (grammar.Aggregations.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `avg(cpu.idle)` or `avg(_value)`");
        var values = grammar.Aggregations.Count(aggregation => aggregation.Field == "_value");
        if (values > 0 && values < grammar.Aggregations.Count)
            throw CommandErrors.Unsupported(syntax, "`_value` beside named metrics", grammar.Aggregations.Find(aggregation => aggregation.Field != "_value")!.At, "Splunk takes one or the other");
        return grammar;
    }

    void TakeOption(string option, Token value)
    {
        switch (option)
        {
            case "fillnull_value": Fill = value.Value; break;
            case "span":
                Span = SpanLength.Parse(value.Value) is TimeLength length ? length : throw CommandErrors.BadValue(Syntax, option, value, "a time such as `10s` or `1h`");
                break;
            // How Splunk reads its stores and refreshes a search in real time.
            case "chunk_size" or "update_period": OptionValue.Whole(Syntax, option, value); break;
            case "backfill": OptionValue.Bool(Syntax, option, value); break;
            case "chart" or "prestats" or "append":
                if (OptionValue.Bool(Syntax, option, value)) throw CommandErrors.Unsupported(Syntax, $"`{option}=true`", value.Span, "compute the aggregates here and shape the rows with later commands");
                break;
            case "every": throw CommandErrors.Unsupported(Syntax, "`every`", value.Span, "it takes samples of time, which is not described exactly");
            default: throw CommandErrors.UnknownOption(Syntax, option, value.Span, "fillnull_value", "span", "chunk_size", "prestats", "append", "chart", "backfill", "update_period");
        }
    }

    void TakeBy(ArgumentReader reader)
    {
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var option, out var value)) TakeOption(option, value);
            else
            {
                var field = FieldArgument.TakePlain(reader);
                if (field.Value == "_time") throw CommandErrors.Unsupported(Syntax, "BY _time", field.Span, "`span=` groups by time");
                if (!By.Exists(known => known.Value == field.Value)) By.Add(field);
            }
        }
        if (By.Count == 0) throw ArgumentReader.Error(SplErrors.Expected("a dimension behind BY", reader.Peek(), Syntax));
    }

    void TakeAggregations(ArgumentReader reader)
    {
        var at = reader.Position;
        foreach (var aggregation in AggregationGrammar.TakeAll(reader, "where", "by", "groupby"))
        {
            if (aggregation.Eval is not null) throw CommandErrors.Unsupported(Syntax, "`eval(...)`", aggregation.At, "mstats takes metrics only");
            if (aggregation.Field is null) throw CommandErrors.Unsupported(Syntax, "an aggregate without a metric", aggregation.At, "`count(_value)` counts measurements");
            if (!Aggregations.Exists(known => known.Name == aggregation.Name)) Aggregations.Add(aggregation);
        }
        if (reader.Position == at) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), Syntax));
    }
}
