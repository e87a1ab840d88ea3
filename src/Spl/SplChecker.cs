namespace Karst.Spl;

/// <summary>Runs the expression parsers over the commands whose arguments are expressions, and a few more checks that need no knowledge of a command.</summary>
sealed class SplChecker(List<Diagnostic> diagnostics)
{
    static readonly HashSet<string> s_aggregating =
    [
        "stats", "eventstats", "streamstats", "chart", "timechart", "sistats", "sichart", "sitimechart", "tstats", "mstats", "geostats", "transaction",
    ];

    public void Check(SearchSyntax search)
    {
        foreach (var command in search.Commands)
        {
            Try(() => CheckCommand(command));
            foreach (var token in command.Arguments)
                if (token.Subsearch is { } inner) Check(inner);
        }
    }

    void Try(Action check)
    {
        try
        {
            check();
        }
        catch (SplException problem)
        {
            diagnostics.Add(problem.Diagnostic);
        }
    }

    void CheckCommand(CommandSyntax command)
    {
        switch (command.Name)
        {
            case "search": CheckFilter(SplParser.ParseSearch(new ArgumentReader(command))); break;
            case "eval" or "fieldformat": CheckAll(SplParser.ParseAssignments(command.Source, command.ArgumentsSpan)); break;
            case "where": Check(SplParser.ParseEval(command.Source, command.ArgumentsSpan)); break;
            case "rex" or "regex" or "makemv": CheckRegexes(command); break;
            case "map": CheckMap(command); break;
        }
        if (command.Name is "tstats" or "mstats" or "inputlookup") CheckWhere(command);
        if (s_aggregating.Contains(command.Name)) CheckCalls(command);
    }

    void CheckWhere(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
            if (reader.TryKeyword("where")) CheckFilter(SplParser.ParseSearch(reader, command.Name == "inputlookup" ? [] : ["by", "groupby"]));
            else reader.Take();
    }

    void CheckFilter(SearchExpression? filter)
    {
        switch (filter)
        {
            case SearchAnd and: foreach (var term in and.Terms) CheckFilter(term); break;
            case SearchOr or: foreach (var term in or.Terms) CheckFilter(term); break;
            case SearchNot not: CheckFilter(not.Term); break;
            case SearchText { Quoted: false, Kind: TermKind.Plain, Text: "and" or "or" or "not" } word: diagnostics.Add(SplErrors.LowerCaseOperator(word.Text, word.Span)); break;
        }
    }

    // count(eval(…)): what stands within eval( ) is an expression.
    void CheckCalls(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (reader.TryKeyword("eval") && reader.Peek().Kind == TokenKind.Open) Check(SplParser.ParseEval(command.Source, reader.TakeGroup()));
            else reader.Take();
        }
    }

    void CheckMap(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) reader.Take();
            else if (name == "search" && value.Kind == TokenKind.Quoted)
            {
                var inner = SplParser.Parse(value.Value);
                foreach (var diagnostic in inner.Diagnostics.Concat(SplParser.Check(inner.Search))) diagnostics.Add(diagnostic with { At = value.Span });
            }
        }
    }

    void CheckRegexes(CommandSyntax command)
    {
        if (command.Arguments.Any(token => token is { Kind: TokenKind.Word, Value: "mode" })) return;
        for (var index = 0; index < command.Arguments.Count; index++)
        {
            if (command.Arguments[index] is not { Kind: TokenKind.Quoted } token) continue;
            if (command.Name == "makemv" && !(index > 1 && command.Arguments[index - 2].Text == "tokenizer")) continue;
            CheckRegex(token.Value, token.Span);
        }
    }

    void CheckRegex(string pattern, Span at)
    {
        if (RegexBalance.Problem(pattern) is { } problem) diagnostics.Add(SplErrors.Regex(problem, at));
    }

    void CheckAll(IReadOnlyList<EvalAssignment> assignments)
    {
        foreach (var assignment in assignments) Check(assignment.Expression);
    }

    void Check(EvalExpression expression)
    {
        switch (expression)
        {
            case EvalUnary unary: Check(unary.Operand); break;
            case EvalBinary { Operator: ".", Left: EvalField { Quoted: false } left, Right: EvalField { Quoted: false } right } join when right.Span.Start == left.Span.End + 1:
                diagnostics.Add(SplErrors.DottedName($"{left.Name}.{right.Name}", join.Span));
                break;
            case EvalBinary binary: Check(binary.Left); Check(binary.Right); break;
            case EvalIn within: foreach (var value in within.Values) Check(value); break;
            case EvalSubsearch inner: Check(inner.Search); break;
            case EvalCall call:
                if (call is { Function: "match" or "replace", Arguments: [_, EvalText text, ..] }) CheckRegex(text.Value, text.Span);
                foreach (var argument in call.Arguments) Check(argument);
                break;
        }
    }
}
