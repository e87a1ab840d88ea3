using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>Which fields the commands of a search made so far, and which they read that nobody had made: those come from the events.</summary>
sealed class FieldTrace
{
    // These give values of the field itself, and make nothing new of them.
    static readonly HashSet<string> s_passing = new(StringComparer.OrdinalIgnoreCase) { "values", "list", "first", "last", "latest", "earliest", "mode" };

    readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    readonly SortedSet<string> _reads = new(StringComparer.Ordinal);
    bool _closed;

    /// <summary>Fields that have to come from events.</summary>
    public IEnumerable<string> Reads => _reads;

    /// <summary>The command that computed a field; null when it comes from the events.</summary>
    public string? MakerOf(string field) => _made.GetValueOrDefault(field);

    /// <summary>Takes a command's effect on fields; what cannot be read has none, as the analysis says so elsewhere.</summary>
    public void Note(CommandSyntax command)
    {
        try
        {
            Take(command);
        }
        catch (SplException)
        {
            // Counted where the command's conditions are analysed.
        }
    }

    /// <summary>The fields of `fields a b` and `table a b`.</summary>
    public static IReadOnlyList<string> ListedFields(CommandSyntax command)
    {
        var words = command.Arguments.Where(static token => token.Kind is TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted).Select(static token => token.Value).ToList();
        if (words is ["-", ..] || words.Exists(static word => word.Contains('*', StringComparison.Ordinal))) return [];
        return [.. words.Where(static word => word != "+" && !int.TryParse(word, out _)).Select(static word => word.TrimStart('$')).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The fields behind `BY`; those of `dedup a b`.</summary>
    public static IReadOnlyList<string> GroupFields(CommandSyntax command)
    {
        if (command.Name == "dedup") return ListedFields(command);
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd && !reader.TryKeyword("by") && !reader.TryKeyword("groupby")) reader.Take();
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out _, out _)) continue;
            if (reader.Take() is { Kind: TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted } token) fields.Add(token.Value);
        }
        return fields;
    }

    /// <summary>The fields that `lookup NAME column AS field, …` compares.</summary>
    public static IReadOnlyList<string> LookupKeys(CommandSyntax command) => [.. LookupFields(command).TakeWhile(static field => !field.IsOutput).Select(static field => field.Name)];

    void Take(CommandSyntax command)
    {
        switch (command.Name)
        {
            case "search" or "metasearch":
                ReadFilter(SplParser.ParseSearch(new ArgumentReader(command)));
                break;
            case "where":
                Read(SplParser.ParseEval(command.Source, command.ArgumentsSpan));
                break;
            case "eval":
                foreach (var assignment in SplParser.ParseAssignments(command.Source, command.ArgumentsSpan))
                {
                    Read(assignment.Expression);
                    _made[assignment.Target] = "eval";
                }
                break;
            case "stats" or "eventstats" or "streamstats" or "tstats" or "mstats" or "chart" or "timechart" or "sistats" or "top" or "rare":
                TakeAggregation(command);
                break;
            case "lookup":
                foreach (var field in LookupFields(command))
                    if (field.IsOutput) _made[field.Name] = "lookup";
                    else Read(field.Name);
                break;
            case "rename":
                TakeRename(command);
                break;
            case "rex" or "spath" or "makemv" or "fromjson" or "mvexpand" or "iplocation":
                ReadFirst(command);
                break;
        }
    }

    void Read(string field)
    {
        if (_closed || _made.ContainsKey(field) || field.Length == 0 || field.Contains('*', StringComparison.Ordinal) || field.Contains("<<", StringComparison.Ordinal)) return;
        _reads.Add(field);
    }

    void ReadFilter(SearchExpression? filter, int depth = 0)
    {
        if (depth > StageAnalyzer.MaxDepth) return;
        switch (filter)
        {
            case SearchAnd and: foreach (var term in and.Terms) ReadFilter(term, depth + 1); break;
            case SearchOr or: foreach (var term in or.Terms) ReadFilter(term, depth + 1); break;
            case SearchNot not: ReadFilter(not.Term, depth + 1); break;
            case SearchComparison comparison: Read(comparison.Field); break;
            case SearchIn @in: Read(@in.Field); break;
        }
    }

    void Read(EvalExpression expression, int depth = 0)
    {
        if (depth > StageAnalyzer.MaxDepth) return;
        switch (expression)
        {
            case EvalField field: Read(field.Name); break;
            case EvalUnary unary: Read(unary.Operand, depth + 1); break;
            case EvalBinary binary: Read(binary.Left, depth + 1); Read(binary.Right, depth + 1); break;
            case EvalIn @in: Read(@in.Operand, depth + 1); break;
            case EvalCall call: foreach (var argument in call.Arguments) Read(argument, depth + 1); break;
        }
    }

    void TakeAggregation(CommandSyntax command)
    {
        var tokens = command.Arguments;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] is { Kind: TokenKind.Word, Text: "count" or "c" } && !(i + 1 < tokens.Count && tokens[i + 1].Kind == TokenKind.Open)) _made.TryAdd("count", command.Name);
            if (tokens[i].Kind == TokenKind.Close && i >= 3 && tokens[i - 2].Kind == TokenKind.Open) TakeCall(command, tokens, i);
            else if (Is(tokens, i, "as") && i + 1 < tokens.Count && !IsPassing(tokens, i - 1)) _made[tokens[i + 1].Value] = command.Name;
        }
        if (command.Name is "tstats" or "mstats") ReadWhere(command);
        foreach (var field in GroupFields(command)) Read(field);
        // Rows of a table have the fields that it made, and no others.
        if (command.Name is not ("eventstats" or "streamstats")) _closed = true;
    }

    // f(field): reads the field, and makes `f(field)` unless it is named.
    void TakeCall(CommandSyntax command, IReadOnlyList<Token> tokens, int close)
    {
        if (tokens[close - 1] is { Kind: TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted } field) Read(field.Value);
        if (!Is(tokens, close + 1, "as")) _made.TryAdd($"{tokens[close - 3].Text}({tokens[close - 1].Value})", command.Name);
    }

    static bool IsPassing(IReadOnlyList<Token> tokens, int close) =>
        close >= 3 && tokens[close].Kind == TokenKind.Close && tokens[close - 2].Kind == TokenKind.Open && s_passing.Contains(tokens[close - 3].Text);

    void ReadWhere(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd && !reader.TryKeyword("where")) reader.Take();
        ReadFilter(SplParser.ParseSearch(reader, "by", "groupby"));
    }

    void TakeRename(CommandSyntax command)
    {
        var tokens = command.Arguments;
        for (var i = 1; i + 1 < tokens.Count; i++)
        {
            if (!Is(tokens, i, "as")) continue;
            var (from, to) = (tokens[i - 1].Value, tokens[i + 1].Value);
            Read(from);
            if (_made.TryGetValue(from, out var maker)) _made[to] = maker;
            else if (!_closed && !to.Contains('*', StringComparison.Ordinal)) _made[to] = $"rename {from}";
        }
    }

    void ReadFirst(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var option, out var value))
            {
                if (option is "field" or "input") Read(value.Value);
                continue;
            }
            if (reader.Take() is { Kind: TokenKind.Word } token && command.Name is "mvexpand" or "makemv" or "iplocation") Read(token.Value);
        }
    }

    static IEnumerable<(string Name, bool IsOutput)> LookupFields(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (reader.TryOption(out _, out _)) { }
        reader.Take();
        var isOutput = false;
        while (!reader.AtEnd)
        {
            if (reader.TryKeyword("output") || reader.TryKeyword("outputnew")) isOutput = true;
            else if (reader.Take() is { Kind: TokenKind.Word or TokenKind.Quoted } token)
                yield return (reader.TryKeyword("as") ? reader.TakeField().Value : token.Value, isOutput);
        }
    }

    static bool Is(IReadOnlyList<Token> tokens, int index, string word) =>
        index < tokens.Count && tokens[index].Kind == TokenKind.Word && tokens[index].Text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
