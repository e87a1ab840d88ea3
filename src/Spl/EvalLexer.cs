using System.Globalization;

namespace Karst.Spl;

enum EvalTokenKind { Number, Text, Name, QuotedName, Operator, Open, Close, Comma, Macro, Subsearch, End }

readonly record struct EvalToken(EvalTokenKind Kind, string Text, Span Span)
{
    public double Number { get; init; }
    public MacroCall? Macro { get; init; }
    public SearchSyntax? Search { get; init; }

    /// <summary>A bare name that is the keyword, in any case.</summary>
    public bool Is(string keyword) => Kind == EvalTokenKind.Name && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reads eval's tokens: here a single quote quotes a field name, and `-` is an operator.</summary>
sealed class EvalLexer(string source, Span at)
{
    readonly int _end = at.End;
    int _position = at.Start;
    bool _afterOperand;

    public EvalToken Read()
    {
        var token = ReadNext();
        _afterOperand = token.Kind is not (EvalTokenKind.Operator or EvalTokenKind.Open or EvalTokenKind.Comma) && !IsKeyword(token);
        return token;
    }

    static bool IsKeyword(EvalToken token) => token.Is("AND") || token.Is("OR") || token.Is("XOR") || token.Is("NOT") || token.Is("LIKE") || token.Is("IN");

    /// <summary>The target of an assignment: a bare one may hold dots and dashes, which in an expression are operators.</summary>
    public EvalToken ReadTarget()
    {
        SkipBlanks();
        var start = _position;
        var end = start;
        while (end < _end && !char.IsWhiteSpace(source[end]) && source[end] is not ('=' or ',' or '"' or '\'' or '(' or ')' or '[' or ']' or '`' or '|' or '!'))
        {
            if (Lexer.PlaceholderLength(source, end) is > 0 and var length) end += length;
            else if (source[end] is '<' or '>') break;
            else end++;
        }
        if (end == start) return Read();
        _position = end;
        return new EvalToken(EvalTokenKind.Name, source[start..end], Span.FromBounds(start, end));
    }

    EvalToken ReadNext()
    {
        SkipBlanks();
        if (_position >= _end) return new EvalToken(EvalTokenKind.End, "", new Span(_end, 0));
        var current = source[_position];
        var next = _position + 1 < _end ? source[_position + 1] : '\0';
        switch (current)
        {
            case '(': return Simple(EvalTokenKind.Open, 1);
            case ')': return Simple(EvalTokenKind.Close, 1);
            case ',': return Simple(EvalTokenKind.Comma, 1);
            case '"': return Quoted(EvalTokenKind.Text);
            case '\'': return Quoted(EvalTokenKind.QuotedName);
            case '`': return Macro();
            case '[': return Subsearch();
            case '=': return Simple(EvalTokenKind.Operator, next == '=' ? 2 : 1);
            case '!' when next == '=': return Simple(EvalTokenKind.Operator, 2);
            case '<' when Lexer.PlaceholderLength(source, _position) > 0: return Name();
            case '<' or '>': return Simple(EvalTokenKind.Operator, next == '=' ? 2 : 1);
            case '.' when _afterOperand || !char.IsAsciiDigit(next): return Simple(EvalTokenKind.Operator, 1);
            case '+' or '-' or '*' or '/' or '%': return Simple(EvalTokenKind.Operator, 1);
        }
        if (char.IsAsciiDigit(current) || current == '.') return Number();
        if (IsNameStart(current)) return Name();
        throw new SplException(SplErrors.EvalCharacter(current, new Span(_position, 1)));
    }

    void SkipBlanks()
    {
        while (_position < _end)
        {
            if (char.IsWhiteSpace(source[_position])) _position++;
            else if (Lexer.IsComment(source.AsSpan(0, _end), _position)) SkipComment();
            else return;
        }
    }

    void SkipComment()
    {
        var close = source.IndexOf("```", _position + 3, StringComparison.Ordinal);
        if (close < 0 || close + 3 > _end) throw new SplException(SplErrors.OpenComment(new Span(_position, 3)));
        _position = close + 3;
    }

    EvalToken Simple(EvalTokenKind kind, int length)
    {
        var token = new EvalToken(kind, source.Substring(_position, length), new Span(_position, length));
        _position += length;
        return token;
    }

    EvalToken Quoted(EvalTokenKind kind)
    {
        var start = _position;
        var close = Quoting.FindClose(source, start, _end);
        if (close < 0) throw new SplException(SplErrors.OpenQuote(source[start], new Span(start, 1)));
        _position = close + 1;
        return new EvalToken(kind, Quoting.Resolve(source.AsSpan(start + 1, close - start - 1), source[start]), Span.FromBounds(start, _position));
    }

    EvalToken Macro()
    {
        var call = MacroReader.Read(source, _position, _end) ?? throw new SplException(SplErrors.MalformedMacro(new Span(_position, 1)));
        _position = call.Span.End;
        return new EvalToken(EvalTokenKind.Macro, source.Substring(call.Span.Start, call.Span.Length), call.Span) { Macro = call };
    }

    EvalToken Subsearch()
    {
        var diagnostics = new List<Diagnostic>();
        var token = new PipelineParser(source, diagnostics).ParseBracketAt(_position);
        if (diagnostics.Find(diagnostic => diagnostic.Severity == Severity.Error) is { } error) throw new SplException(error);
        _position = token.Span.End;
        return new EvalToken(EvalTokenKind.Subsearch, token.Text, token.Span) { Search = token.Subsearch };
    }

    EvalToken Number()
    {
        var start = _position;
        while (_position < _end && char.IsAsciiDigit(source[_position])) _position++;
        if (_position + 1 < _end && source[_position] == '.' && char.IsAsciiDigit(source[_position + 1]) || source[start] == '.')
        {
            _position++;
            while (_position < _end && char.IsAsciiDigit(source[_position])) _position++;
        }
        TakeExponent();
        if (_position < _end && IsNameStart(source[_position]))
        {
            while (_position < _end && IsNamePart(source[_position])) _position++;
            throw new SplException(SplErrors.LeadingDigit(source[start.._position], Span.FromBounds(start, _position)));
        }
        var text = source[start.._position];
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new EvalToken(EvalTokenKind.Number, text, Span.FromBounds(start, _position)) { Number = value };
    }

    void TakeExponent()
    {
        if (_position >= _end || source[_position] is not ('e' or 'E')) return;
        var digits = _position + 1;
        if (digits < _end && source[digits] is '+' or '-') digits++;
        if (digits >= _end || !char.IsAsciiDigit(source[digits])) return;
        _position = digits;
        while (_position < _end && char.IsAsciiDigit(source[_position])) _position++;
    }

    EvalToken Name()
    {
        var start = _position;
        while (_position < _end)
        {
            if (Lexer.PlaceholderLength(source, _position) is > 0 and var length) _position += length;
            else if (IsNamePart(source[_position])) _position++;
            // A dot is no part of a bare name: `a.b` concatenates two fields, and 'a.b' is the field with a dot (eval and where reference).
            else break;
        }
        return new EvalToken(EvalTokenKind.Name, source[start.._position], Span.FromBounds(start, _position));
    }

    static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '$' or '{' or '@' or '#';

    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '{' or '}' or ':' or '@' or '#';
}
