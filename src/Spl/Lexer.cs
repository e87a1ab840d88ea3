namespace Karst.Spl;

/// <summary>Reads search-mode tokens; whether a single quote quotes is decided by the caller, token by token.</summary>
sealed class Lexer(string text, List<Diagnostic> diagnostics)
{
    readonly string _text = text;
    int _position;

    public string Text => _text;

    public int Position { get => _position; set => _position = value; }

    public bool AtEnd => _position >= _text.Length;

    public char Current => _position < _text.Length ? _text[_position] : '\0';

    /// <summary>Skips blanks and comments; true if there were any.</summary>
    public bool SkipBlanks()
    {
        var start = _position;
        while (_position < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_position])) _position++;
            else if (IsComment(_text, _position)) SkipComment();
            else break;
        }
        return _position > start;
    }

    /// <summary>Three backticks begin a comment, three more end it.</summary>
    public static bool IsComment(ReadOnlySpan<char> text, int position) =>
        position + 2 < text.Length && text[position] == '`' && text[position + 1] == '`' && text[position + 2] == '`';

    void SkipComment()
    {
        var close = _text.IndexOf("```", _position + 3, StringComparison.Ordinal);
        if (close < 0) diagnostics.Add(SplErrors.OpenComment(new Span(_position, 3)));
        _position = close < 0 ? _text.Length : close + 3;
    }

    /// <summary>Reads a token that is neither pipe nor bracket.</summary>
    public Token Read(bool spaceBefore, SingleQuotes quotes)
    {
        var start = _position;
        var current = _text[start];
        switch (current)
        {
            case '"': return ReadQuoted(TokenKind.Quoted, spaceBefore);
            case '\'' when quotes != SingleQuotes.Ordinary: return ReadQuoted(TokenKind.SingleQuoted, spaceBefore);
            case '`': return ReadMacro(spaceBefore);
            case '(': return Simple(TokenKind.Open, 1, spaceBefore);
            case ')': return Simple(TokenKind.Close, 1, spaceBefore);
            case ',': return Simple(TokenKind.Comma, 1, spaceBefore);
        }
        var length = OperatorLength(_text, start);
        return length > 0 ? Simple(TokenKind.Operator, length, spaceBefore) : ReadWord(spaceBefore, quotes);
    }

    Token Simple(TokenKind kind, int length, bool spaceBefore)
    {
        var span = new Span(_position, length);
        var text = _text.Substring(_position, length);
        _position += length;
        return new Token(kind, text, text == "==" ? "=" : text, span, spaceBefore);
    }

    /// <summary>The length of the comparison sign at the position, or 0.</summary>
    public static int OperatorLength(string text, int position)
    {
        var next = position + 1 < text.Length ? text[position + 1] : '\0';
        switch (text[position])
        {
            case '=': return next == '=' ? 2 : 1;
            case '!': return next == '=' ? 2 : 0;
            case '<' or '>': return PlaceholderLength(text, position) > 0 ? 0 : next == '=' ? 2 : 1;
            default: return 0;
        }
    }

    /// <summary>The length of foreach's `&lt;&lt;FIELD&gt;&gt;`, `&lt;&lt;MATCHSEG1&gt;&gt;` and the like at the position, or 0: they are part of a name.</summary>
    public static int PlaceholderLength(string text, int position)
    {
        if (position + 4 >= text.Length || text[position] != '<' || text[position + 1] != '<') return 0;
        var index = position + 2;
        while (index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] == '_')) index++;
        return index > position + 2 && index + 1 < text.Length && text[index] == '>' && text[index + 1] == '>' ? index + 2 - position : 0;
    }

    Token ReadQuoted(TokenKind kind, bool spaceBefore)
    {
        var start = _position;
        var quote = _text[start];
        var close = Quoting.FindClose(_text, start, _text.Length);
        if (close < 0) diagnostics.Add(SplErrors.OpenQuote(quote, new Span(start, 1)));
        _position = close < 0 ? _text.Length : close + 1;
        var inner = _text.AsSpan(start + 1, (close < 0 ? _text.Length : close) - start - 1);
        return new Token(kind, _text[start.._position], Quoting.Resolve(inner, quote), Span.FromBounds(start, _position), spaceBefore);
    }

    Token ReadMacro(bool spaceBefore)
    {
        var start = _position;
        if (MacroReader.Read(_text, start, _text.Length) is { } call)
        {
            _position = call.Span.End;
            var text = _text[start.._position];
            return new Token(TokenKind.Macro, text, text, call.Span, spaceBefore) { Macro = call };
        }
        var close = _text.IndexOf('`', start + 1);
        diagnostics.Add(close < 0 ? SplErrors.OpenMacro(new Span(start, 1)) : SplErrors.MalformedMacro(Span.FromBounds(start, close + 1)));
        _position = close < 0 ? _text.Length : close + 1;
        var rest = _text[start.._position];
        return new Token(TokenKind.Word, rest, rest, Span.FromBounds(start, _position), spaceBefore);
    }

    Token ReadWord(bool spaceBefore, SingleQuotes quotes)
    {
        var start = _position;
        while (_position < _text.Length)
        {
            var current = _text[_position];
            if (char.IsWhiteSpace(current) || current is '|' or '"' or '`' or '(' or ')' or '[' or ']' or ',') break;
            if (current == '\'' && quotes == SingleQuotes.Anywhere) break;
            if (current == '\\' && _position + 1 < _text.Length && Quoting.IsEscapable(_text[_position + 1]))
            {
                _position += 2;
                continue;
            }
            if (PlaceholderLength(_text, _position) is > 0 and var length)
            {
                _position += length;
                continue;
            }
            if (OperatorLength(_text, _position) > 0) break;
            _position++;
        }
        var text = _text[start.._position];
        return new Token(TokenKind.Word, text, Quoting.ResolveWord(text), Span.FromBounds(start, _position), spaceBefore);
    }
}

/// <summary>What a single quote is: an ordinary character (search), a quote where a token begins (most commands), or a quote anywhere (eval).</summary>
enum SingleQuotes { Ordinary, AtStart, Anywhere }
