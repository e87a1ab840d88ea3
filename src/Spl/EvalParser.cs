namespace Karst.Spl;

/// <summary>Parses eval expressions by binding strength: XOR, OR, AND, NOT, comparisons, `+ - .`, `* / %`, sign.</summary>
sealed class EvalParser
{
    /// <summary>Parentheses and operators within each other; more is a diagnostic.</summary>
    public const int MaxDepth = 250;

    /// <summary>Operators in one expression; more is a diagnostic, as a chain of them is a tree as deep.</summary>
    public const int MaxOperators = 4_000;

    const int Xor = 1, Or = 2, And = 3, Not = 4, Comparison = 5, Sum = 6, Product = 7, Sign = 8;

    readonly EvalLexer _lexer;
    readonly string _source;
    EvalToken _current;
    int _depth;
    int _previousEnd;
    int _operators;

    public EvalParser(string source, Span at)
    {
        _source = source;
        _lexer = new EvalLexer(source, at);
        _previousEnd = at.Start;
    }

    public EvalExpression ParseWhole()
    {
        _current = _lexer.Read();
        var expression = ParseExpression(0);
        return _current.Kind == EvalTokenKind.End ? expression : throw Expected("an operator");
    }

    public IReadOnlyList<EvalAssignment> ParseAssignments()
    {
        var assignments = new List<EvalAssignment>();
        while (true)
        {
            assignments.Add(ParseAssignment());
            if (_current.Kind == EvalTokenKind.End) return assignments;
            if (_current.Kind != EvalTokenKind.Comma) throw Expected("an operator or a comma");
        }
    }

    EvalAssignment ParseAssignment()
    {
        var target = _current = _lexer.ReadTarget();
        if (target.Kind is not (EvalTokenKind.Name or EvalTokenKind.QuotedName or EvalTokenKind.Text or EvalTokenKind.Macro)) throw Expected("a field name");
        if (target.Text.Length == 0) throw Expected("a field name");
        Take();
        if (target.Kind == EvalTokenKind.Macro && _current.Kind is EvalTokenKind.End or EvalTokenKind.Comma)
            return new EvalAssignment("", target.Span, new EvalMacro(target.Macro!, target.Span), target.Span);
        if (_current is not { Kind: EvalTokenKind.Operator, Text: "=" }) throw Expected("`=`");
        Take();
        var expression = ParseExpression(0);
        return new EvalAssignment(target.Text, target.Span, expression, target.Span.To(expression.Span));
    }

    EvalExpression ParseExpression(int minimum)
    {
        if (++_depth > MaxDepth) throw new SplException(SplErrors.TooDeep("expressions", MaxDepth, _current.Span));
        var left = ParsePrefix();
        while (true)
        {
            var token = _current;
            var (word, strength) = Infix(token);
            if (strength == 0 || strength <= minimum) break;
            if (++_operators > MaxOperators) throw new SplException(SplErrors.TooLong(MaxOperators, token.Span));
            Take();
            left = word == "IN" ? ParseIn(left) : Binary(word, left, ParseExpression(strength));
        }
        _depth--;
        return left;
    }

    static EvalBinary Binary(string word, EvalExpression left, EvalExpression right) => new(word, left, right, left.Span.To(right.Span));

    static (string Word, int Strength) Infix(EvalToken token)
    {
        if (token.Kind == EvalTokenKind.Operator)
        {
            return token.Text switch
            {
                "==" => ("=", Comparison),
                "=" or "!=" or "<" or ">" or "<=" or ">=" => (token.Text, Comparison),
                "+" or "-" or "." => (token.Text, Sum),
                "*" or "/" or "%" => (token.Text, Product),
                _ => ("", 0),
            };
        }
        if (token.Kind != EvalTokenKind.Name) return ("", 0);
        if (token.Is("AND")) return ("AND", And);
        if (token.Is("OR")) return ("OR", Or);
        if (token.Is("XOR")) return ("XOR", Xor);
        if (token.Is("LIKE")) return ("LIKE", Comparison);
        return token.Is("IN") ? ("IN", Comparison) : ("", 0);
    }

    EvalExpression ParsePrefix()
    {
        var token = _current;
        if (token.Is("NOT"))
        {
            Take();
            var operand = ParseExpression(Not - 1);
            return new EvalUnary("NOT", operand, token.Span.To(operand.Span));
        }
        if (token is { Kind: EvalTokenKind.Operator, Text: "-" or "+" })
        {
            Take();
            var operand = ParseExpression(Sign);
            return token.Text == "-" ? new EvalUnary("-", operand, token.Span.To(operand.Span)) : operand;
        }
        return ParsePrimary();
    }

    EvalExpression ParsePrimary()
    {
        var token = _current;
        switch (token.Kind)
        {
            case EvalTokenKind.Number: Take(); return new EvalNumber(token.Text, token.Number, token.Span);
            case EvalTokenKind.Text: Take(); return new EvalText(token.Text, token.Span);
            case EvalTokenKind.QuotedName when token.Text.Length > 0: Take(); return new EvalField(token.Text, true, token.Span);
            case EvalTokenKind.Macro: Take(); return new EvalMacro(token.Macro!, token.Span);
            case EvalTokenKind.Subsearch: Take(); return new EvalSubsearch(token.Search!, token.Span);
            case EvalTokenKind.Name when !(token.Is("AND") || token.Is("OR") || token.Is("XOR")): return ParseNameOrCall();
            case EvalTokenKind.Open:
                Take();
                var inner = ParseExpression(0);
                if (_current.Kind != EvalTokenKind.Close) throw Expected("an operator or `)`");
                Take();
                return inner;
            default: throw Expected("a value");
        }
    }

    EvalExpression ParseNameOrCall()
    {
        var name = _current;
        Take();
        if (_current.Kind != EvalTokenKind.Open) return new EvalField(name.Text, false, name.Span);
        Take();
        var arguments = new List<EvalExpression>();
        ParseList(arguments);
        return new EvalCall(name.Text.ToLowerInvariant(), arguments, Span.FromBounds(name.Span.Start, _previousEnd)) { NameSpan = name.Span };
    }

    EvalIn ParseIn(EvalExpression operand)
    {
        if (_current.Kind != EvalTokenKind.Open) throw Expected("`(`");
        Take();
        var values = new List<EvalExpression>();
        ParseList(values);
        if (values.Count == 0) throw Expected("a value");
        return new EvalIn(operand, values, Span.FromBounds(operand.Span.Start, _previousEnd));
    }

    void ParseList(List<EvalExpression> items)
    {
        if (_current.Kind != EvalTokenKind.Close)
        {
            items.Add(ParseExpression(0));
            while (_current.Kind == EvalTokenKind.Comma)
            {
                Take();
                items.Add(ParseExpression(0));
            }
        }
        if (_current.Kind != EvalTokenKind.Close) throw Expected("an operator, a comma or `)`");
        Take();
    }

    void Take()
    {
        _previousEnd = _current.Span.End;
        _current = _lexer.Read();
    }

    SplException Expected(string what) =>
        new(SplErrors.EvalExpected(what, _source.Substring(_current.Span.Start, _current.Span.Length), _current.Span));
}
