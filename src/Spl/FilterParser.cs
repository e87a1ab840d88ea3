namespace Karst.Spl;

/// <summary>Parses search-mode tokens as a filter. NOT binds tightest, then OR, then AND (written or implied).</summary>
sealed class FilterParser(ArgumentReader reader, string[] stop)
{
    /// <summary>Parentheses and NOTs within each other; more is a diagnostic.</summary>
    public const int MaxDepth = 250;

    int _depth;

    public SearchExpression? Parse()
    {
        if (AtStop) return null;
        var expression = ParseAnd(0);
        return AtStop ? expression : throw ArgumentReader.Error(SplErrors.FilterExpected("a term", reader.Peek()));
    }

    bool AtStop => reader.AtEnd || (reader.Peek() is { Kind: TokenKind.Word } word && !IsFieldOfComparison && IsStop(word.Text));

    bool IsFieldOfComparison => reader.Peek(1).Kind == TokenKind.Operator;

    bool IsStop(string text)
    {
        foreach (var word in stop)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    SearchExpression ParseAnd(int parentheses)
    {
        var terms = new List<SearchExpression> { ParseOr() };
        while (true)
        {
            if (reader.Peek().Kind == TokenKind.Close && parentheses > 0) break;
            if (parentheses == 0 ? AtStop : reader.AtEnd) break;
            // Commas between terms are blanks to Splunk (`index=a, host=b`); glued to a word they would change its value, so that is refused.
            if (reader.Peek() is { Kind: TokenKind.Comma } comma && (comma.SpaceBefore || reader.Peek(1).SpaceBefore)) reader.Take();
            else if (IsOperatorWord(reader.Peek(), "AND")) reader.Take();
            terms.Add(ParseOr());
        }
        return terms.Count == 1 ? terms[0] : new SearchAnd(terms, terms[0].Span.To(terms[^1].Span));
    }

    SearchExpression ParseOr()
    {
        var terms = new List<SearchExpression> { ParseNot() };
        while (IsOperatorWord(reader.Peek(), "OR"))
        {
            reader.Take();
            terms.Add(ParseNot());
        }
        return terms.Count == 1 ? terms[0] : new SearchOr(terms, terms[0].Span.To(terms[^1].Span));
    }

    SearchExpression ParseNot()
    {
        if (!IsOperatorWord(reader.Peek(), "NOT")) return ParsePrimary();
        var word = reader.Take();
        Enter(word);
        var term = ParseNot();
        _depth--;
        return new SearchNot(term, word.Span.To(term.Span));
    }

    void Enter(Token at)
    {
        if (++_depth > MaxDepth) throw ArgumentReader.Error(SplErrors.TooDeep("filters", MaxDepth, at.Span));
    }

    // AND, OR and NOT are operators in capitals only; and they are names where an operator follows.
    bool IsOperatorWord(Token token, string word) => token.Kind == TokenKind.Word && token.Text == word && !IsFieldOfComparison;

    SearchExpression ParsePrimary()
    {
        var token = reader.Take();
        switch (token.Kind)
        {
            case TokenKind.Open: return ParseGroup(token);
            case TokenKind.Subsearch: return new SearchSubsearch(token.Subsearch!, token.Span);
            case TokenKind.Macro when reader.Peek().Kind != TokenKind.Operator: return new SearchMacro(token.Macro!, token.Span);
            case TokenKind.Word when token.Text is "AND" or "OR" && !IsComparison: break;
            case TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted or TokenKind.Macro: return ParseTerm(token);
        }
        throw ArgumentReader.Error(SplErrors.FilterExpected("a term", token));
    }

    bool IsComparison => reader.Peek().Kind == TokenKind.Operator;

    SearchExpression ParseGroup(Token open)
    {
        Enter(open);
        var inner = ParseAnd(1);
        _depth--;
        var close = reader.Take();
        if (close.Kind != TokenKind.Close) throw ArgumentReader.Error(SplErrors.FilterExpected("`)`", close));
        return inner;
    }

    SearchExpression ParseTerm(Token token)
    {
        var next = reader.Peek();
        if (next.Kind == TokenKind.Operator)
        {
            reader.Take();
            var value = ParseValue();
            RefuseGlued(value);
            return new SearchComparison(FieldOf(token), next.Value, value, token.Span.To(value.Span)) { FieldSpan = token.Span };
        }
        if (token.Kind != TokenKind.Macro && next.Kind == TokenKind.Word && next.Text.Equals("IN", StringComparison.OrdinalIgnoreCase) && reader.Peek(1).Kind == TokenKind.Open)
            return ParseIn(token);
        if (FunctionOf(token) is { } kind)
        {
            var (text, quoted, end) = ReadRaw();
            return new SearchText(text, quoted, kind, token.Span.To(end));
        }
        token = TakeCallSigns(token);
        return new SearchText(FieldOf(token), token.Kind == TokenKind.Quoted, TermKind.Plain, token.Span);
    }

    // `*GetCurrent()*`: empty parentheses that are glued to a word group nothing, so they are taken as part of it.
    // Rules of Splunk's own collection hold such words; its reference says nothing of them.
    Token TakeCallSigns(Token token)
    {
        while (token.Kind == TokenKind.Word && reader.Peek() is { Kind: TokenKind.Open, SpaceBefore: false } && reader.Peek(1) is { Kind: TokenKind.Close, SpaceBefore: false })
        {
            reader.Take();
            token = Glue(token, reader.Take());
            if (reader.Peek() is { Kind: TokenKind.Word, SpaceBefore: false }) token = Glue(token, reader.Take());
        }
        return token;
    }

    static Token Glue(Token left, Token right)
    {
        var text = right.Kind == TokenKind.Close ? "()" : right.Text;
        var value = right.Kind == TokenKind.Close ? "()" : right.Value;
        return left with { Text = left.Text + text, Value = left.Value + value, Span = left.Span.To(right.Span) };
    }

    // A single quote is an ordinary character here, whatever the command's own tokens are.
    static string FieldOf(Token token) => token.Kind == TokenKind.SingleQuoted ? token.Text : token.Value;

    TermKind? FunctionOf(Token token)
    {
        if (token.Kind != TokenKind.Word || reader.Peek() is not { Kind: TokenKind.Open, SpaceBefore: false }) return null;
        return token.Text switch { "CASE" => TermKind.Case, "TERM" => TermKind.Term, _ => null };
    }

    SearchValue ParseValue()
    {
        var token = reader.Take();
        switch (token.Kind)
        {
            case TokenKind.Subsearch:
                return new SearchValue(token.Text, false, TermKind.Plain, token.Span) { Subsearch = token.Subsearch };
            case TokenKind.Word when FunctionOf(token) is { } kind:
                var (text, quoted, end) = ReadRaw();
                return new SearchValue(text, quoted, kind, token.Span.To(end));
            case TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted or TokenKind.Macro:
                token = TakeCallSigns(token);
                return new SearchValue(FieldOf(token), token.Kind == TokenKind.Quoted, TermKind.Plain, token.Span) { Macro = token.Macro };
            default:
                throw ArgumentReader.Error(SplErrors.FilterExpected("a value", token));
        }
    }

    // `a=b"c"`: nothing says whether that is one value or two terms.
    void RefuseGlued(SearchValue value)
    {
        if (value.Kind == TermKind.Plain && value.Macro is null && reader.Peek() is { SpaceBefore: false, Kind: TokenKind.Quoted } next)
            throw ArgumentReader.Error(SplErrors.FilterExpected("a blank or an operator", next));
    }

    SearchIn ParseIn(Token field)
    {
        reader.Take();
        reader.Take();
        var values = new List<SearchValue>();
        while (true)
        {
            var next = reader.Peek();
            if (next.Kind == TokenKind.Comma) { reader.Take(); continue; }
            if (next.Kind == TokenKind.Close) break;
            var value = ParseValue();
            // `IN (""*x*"", b)`: what stands between two commas without a blank is one value, as in Splunk's own rules.
            while (reader.Peek() is { SpaceBefore: false, Kind: TokenKind.Quoted or TokenKind.Word })
            {
                var more = ParseValue();
                value = value with { Text = value.Text + more.Text, Quoted = true, Span = value.Span.To(more.Span) };
            }
            values.Add(value);
        }
        var close = reader.Take();
        if (values.Count == 0) throw ArgumentReader.Error(SplErrors.FilterExpected("a value", close));
        return new SearchIn(FieldOf(field), values, field.Span.To(close.Span)) { FieldSpan = field.Span };
    }

    // CASE(x) and TERM(x) take what stands between the parentheses as it is.
    (string Text, bool Quoted, Span Close) ReadRaw()
    {
        var open = reader.Take();
        if (reader.Peek() is { Kind: TokenKind.Quoted } quoted && reader.Peek(1).Kind == TokenKind.Close)
        {
            reader.Take();
            return (quoted.Value, true, reader.Take().Span);
        }
        var depth = 1;
        while (true)
        {
            var token = reader.Take();
            if (token.Kind == TokenKind.End) throw ArgumentReader.Error(SplErrors.FilterExpected("`)`", token));
            if (token.Kind == TokenKind.Open) depth++;
            if (token.Kind != TokenKind.Close || --depth > 0) continue;
            var text = reader.Command.Source.AsSpan(open.Span.End, token.Span.Start - open.Span.End).Trim();
            if (text.Length == 0) throw ArgumentReader.Error(SplErrors.FilterExpected("a term", token));
            return (Quoting.ResolveWord(text), false, token.Span);
        }
    }
}
