namespace Karst.Spl;

/// <summary>A cursor over a command's tokens, with the small grammar that most commands share: options, words, field lists, `BY`, `AS`.</summary>
public sealed class ArgumentReader(CommandSyntax command)
{
    readonly IReadOnlyList<Token> _tokens = command.Arguments;
    int _next;

    /// <summary>The command that is read.</summary>
    public CommandSyntax Command { get; } = command;

    /// <summary>No token is left.</summary>
    public bool AtEnd => _next >= _tokens.Count;

    /// <summary>The position in the token list; can be set back.</summary>
    public int Position { get => _next; set => _next = value; }

    /// <summary>The next token, or an end token.</summary>
    public Token Peek(int ahead = 0) => _next + ahead < _tokens.Count ? _tokens[_next + ahead] : EndToken;

    /// <summary>Takes the next token.</summary>
    public Token Take()
    {
        var token = Peek();
        if (token.Kind != TokenKind.End) _next++;
        return token;
    }

    /// <summary>Takes the next token if it is the keyword, in any case.</summary>
    public bool TryKeyword(string word)
    {
        if (Peek() is not { Kind: TokenKind.Word } token || !token.Text.Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _next++;
        return true;
    }

    /// <summary>Takes `name=value` if it is next; the value is a word, a quoted string, or a subsearch's text. Name in lower case.</summary>
    public bool TryOption(out string name, out Token value)
    {
        name = "";
        value = EndToken;
        if (Peek() is not { Kind: TokenKind.Word } word || Peek(1) is not { Kind: TokenKind.Operator, Text: "=" }) return false;
        if (Peek(2).Kind is not (TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted or TokenKind.Macro)) return false;
        name = word.Text.ToLowerInvariant();
        value = Peek(2);
        _next += 3;
        return true;
    }

    /// <summary>Takes `name=` if it is next and leaves the value, whatever it is (a call, a group, a subsearch), to the caller. Name in lower case.</summary>
    public bool TryOptionName(out string name)
    {
        name = "";
        if (Peek() is not { Kind: TokenKind.Word } word || Peek(1) is not { Kind: TokenKind.Operator, Text: "=" }) return false;
        name = word.Text.ToLowerInvariant();
        _next += 2;
        return true;
    }

    /// <summary>Takes `( … )` with all that is within, and returns the span between the parentheses; or throws.</summary>
    public Span TakeGroup()
    {
        var open = TakeKind(TokenKind.Open, "`(`");
        var depth = 1;
        while (true)
        {
            var token = Take();
            if (token.Kind == TokenKind.End) throw Error(SplErrors.Expected("`)`", token, Command));
            if (token.Kind == TokenKind.Open) depth++;
            if (token.Kind == TokenKind.Close && --depth == 0) return Span.FromBounds(open.Span.End, token.Span.Start);
        }
    }

    /// <summary>Takes a field name (bare or quoted), or throws.</summary>
    public Token TakeField(string what = "a field name")
    {
        var token = Take();
        if (token.Kind is TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted) return token;
        throw Error(SplErrors.Expected(what, token, Command));
    }

    /// <summary>Takes the expected token kind, or throws.</summary>
    public Token TakeKind(TokenKind kind, string what)
    {
        var token = Take();
        return token.Kind == kind ? token : throw Error(SplErrors.Expected(what, token, Command));
    }

    /// <summary>Takes field names, separated by blanks or commas, until the end, a keyword of <paramref name="stop"/>, or a token that is no name.</summary>
    public List<Token> TakeFields(params ReadOnlySpan<string> stop)
    {
        var fields = new List<Token>();
        while (!AtEnd)
        {
            var token = Peek();
            if (token.Kind == TokenKind.Comma) { _next++; continue; }
            if (token.Kind is not (TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted)) break;
            if (token.Kind == TokenKind.Word && Contains(stop, token.Text)) break;
            fields.Add(Take());
        }
        return fields;
    }

    /// <summary>Throws unless all tokens are taken.</summary>
    public void ExpectEnd()
    {
        if (!AtEnd) throw Error(SplErrors.Unexpected(Peek(), Command));
    }

    /// <summary>The exception for a diagnostic.</summary>
    public static SplException Error(Diagnostic diagnostic) => new(diagnostic);

    static bool Contains(ReadOnlySpan<string> words, string text)
    {
        foreach (var word in words)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    Token EndToken => new(TokenKind.End, "", "", new Span(Command.Span.End, 0), false);
}
