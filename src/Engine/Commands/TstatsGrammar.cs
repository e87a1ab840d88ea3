using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What a `tstats` says.</summary>
sealed record TstatsGrammar(CommandSyntax Syntax)
{
    static readonly string[] s_options =
    [
        "prestats", "local", "append", "summariesonly", "include_reduced_buckets", "allow_old_summaries", "chunk_size", "fillnull_value", "span",
    ];

    /// <summary>The aggregates in order.</summary>
    internal List<Aggregation> Aggregations { get; } = [];

    /// <summary>`Model` or `Model.Dataset`; null reads the metadata of all events.</summary>
    internal Token? Model { get; private set; }

    /// <summary>The filter; null keeps all.</summary>
    internal SearchExpression? Where { get; private set; }

    /// <summary>The fields to group by, each once.</summary>
    internal List<Token> By { get; } = [];

    /// <summary>The size of the buckets of `_time`.</summary>
    internal SpanLength? Span { get; private set; }

    /// <summary>What stands for an absent value of a BY field; null drops such rows.</summary>
    internal string? Fill { get; private set; }

    internal static TstatsGrammar Read(CommandSyntax syntax)
    {
        var grammar = new TstatsGrammar(syntax);
        var reader = new ArgumentReader(syntax);
        while (!reader.AtEnd) grammar.TakePart(reader);
        if (grammar.Aggregations.Count == 0) throw CommandErrors.Missing(syntax, "an aggregate such as `count` or `values(field)`");
        return grammar;
    }

    void TakePart(ArgumentReader reader)
    {
        if (reader.TryOption(out var option, out var value)) TakeOption(option, value);
        else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
        else if (reader.TryKeyword("from")) TakeModel(reader);
        else if (reader.TryKeyword("where")) Where = SplParser.ParseSearch(reader, "by", "groupby") ?? throw CommandErrors.Missing(Syntax, "a filter behind WHERE");
        else if (reader.TryKeyword("by") || reader.TryKeyword("groupby")) TakeBy(reader);
        else TakeAggregations(reader);
    }

    void TakeOption(string option, Token value)
    {
        switch (option)
        {
            // There are no summaries and no other servers: every event is read as it stands, whatever these say.
            case "summariesonly" or "allow_old_summaries" or "local" or "include_reduced_buckets":
                OptionValue.Bool(Syntax, option, value);
                break;
            case "chunk_size":
                OptionValue.Whole(Syntax, option, value, 1);
                break;
            case "fillnull_value":
                Fill = value.Value;
                break;
            case "span":
                Span = SpanLength.Parse(value.Value) is TimeLength length ? length : throw CommandErrors.BadValue(Syntax, option, value, "a time such as `5m` or `1d`");
                break;
            case "prestats":
                if (OptionValue.Bool(Syntax, option, value))
                    throw CommandErrors.Unsupported(Syntax, "`prestats=true`", value.Span, "the rows that it gives are internal to Splunk; compute the aggregates in `tstats` itself");
                break;
            case "append":
                if (OptionValue.Bool(Syntax, option, value))
                    throw CommandErrors.Unsupported(Syntax, "`append=true`", value.Span, "it needs `prestats=true`; `| append [| tstats ...]` adds rows");
                break;
            case "datamodel":
                throw ArgumentReader.Error(SplErrors.Expected("FROM before `datamodel=`", value, Syntax));
            default:
                throw CommandErrors.UnknownOption(Syntax, option, value.Span, s_options);
        }
    }

    void TakeModel(ArgumentReader reader)
    {
        if (reader.TryOption(out var name, out var value) && name == "datamodel") Model = value;
        else if (name == "sid" || reader.Peek().Kind == TokenKind.Word)
            throw CommandErrors.Unsupported(Syntax, "a namespace of `tscollect`", reader.Peek().Span, "`FROM datamodel=Model.Dataset` is");
        else throw ArgumentReader.Error(SplErrors.Expected("`datamodel=Model.Dataset` behind FROM", reader.Peek(), Syntax));
    }

    void TakeBy(ArgumentReader reader)
    {
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var option, out var value)) TakeOption(option, value);
            else if (reader.Peek() is { Kind: TokenKind.Word } word && word.Text.Equals("where", StringComparison.OrdinalIgnoreCase))
                throw ArgumentReader.Error(SplErrors.Expected("WHERE before BY", word, Syntax));
            else
            {
                var field = FieldArgument.Take(reader);
                if (field.Text.StartsWith("PREFIX(", StringComparison.OrdinalIgnoreCase)) throw Prefix(field.Span);
                if (FieldArgument.IsPattern(field.Value)) throw CommandErrors.NoWildcard(Syntax, field);
                if (!By.Exists(known => known.Value == field.Value)) By.Add(field);
            }
        }
        if (By.Count == 0) throw ArgumentReader.Error(SplErrors.Expected("a field name behind BY", reader.Peek(), Syntax));
    }

    void TakeAggregations(ArgumentReader reader)
    {
        var at = reader.Position;
        if (reader.Peek(1).Kind == TokenKind.Open && reader.Peek(2).Text.Equals("PREFIX", StringComparison.OrdinalIgnoreCase)) throw Prefix(reader.Peek(2).Span);
        foreach (var aggregation in AggregationGrammar.TakeAll(reader, "from", "where", "by", "groupby"))
        {
            if (aggregation.Eval is not null) throw CommandErrors.Unsupported(Syntax, "`eval(...)`", aggregation.At, "tstats takes fields only; compute it with a later `stats`");
            if (aggregation.IsPattern) throw new SplException(CommandErrors.NoWildcard(Syntax, new Token(TokenKind.Word, aggregation.Field!, aggregation.Field!, aggregation.At, false)).Diagnostic);
            if (!Aggregations.Exists(known => known.Name == aggregation.Name)) Aggregations.Add(aggregation);
        }
        if (reader.Position == at) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), Syntax));
    }

    SplException Prefix(Span at) =>
        CommandErrors.Unsupported(Syntax, "`PREFIX()`", at, "it reads the terms of an index, which raw logs do not have; extract the field with `rex`");
}
