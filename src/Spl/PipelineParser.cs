namespace Karst.Spl;

/// <summary>Splits a search into commands and tokens, and descends into subsearches; notes what is wrong and goes on.</summary>
sealed class PipelineParser
{
    /// <summary>Subsearches within subsearches; more is a diagnostic.</summary>
    public const int MaxDepth = 50;

    readonly Lexer _lexer;
    readonly List<Diagnostic> _diagnostics;

    public PipelineParser(string text, List<Diagnostic> diagnostics)
    {
        _diagnostics = diagnostics;
        _lexer = new Lexer(text, diagnostics);
    }

    public SearchSyntax ParseAll()
    {
        var search = ParseSearch(0);
        if (search.Commands.Count == 0 && _diagnostics.Count == 0) _diagnostics.Add(SplErrors.EmptySearch(search.Span));
        return search;
    }

    /// <summary>Reads the subsearch whose `[` stands at the position; returns the position behind its `]`.</summary>
    public Token ParseBracketAt(int position)
    {
        _lexer.Position = position;
        return ReadSubsearch(false, 0);
    }

    public int Position => _lexer.Position;

    SearchSyntax ParseSearch(int depth)
    {
        var commands = new List<CommandSyntax>();
        _lexer.SkipBlanks();
        var start = _lexer.Position;
        var leadingPipe = _lexer.Current == '|';
        var pipe = start;
        if (leadingPipe) _lexer.Position++;
        while (true)
        {
            _lexer.SkipBlanks();
            var first = commands.Count == 0 && !leadingPipe;
            var empty = _lexer.AtEnd || _lexer.Current == '|' || (_lexer.Current == ']' && depth > 0);
            if (!empty) commands.Add(ParseCommand(first, depth));
            else if (!first || !_lexer.AtEnd || depth > 0) _diagnostics.Add(SplErrors.NoCommand(new Span(pipe, Math.Min(1, _lexer.Text.Length - pipe))));
            if (_lexer.Current != '|' || _lexer.AtEnd) break;
            pipe = _lexer.Position;
            _lexer.Position++;
        }
        var end = commands.Count > 0 ? commands[^1].Span.End : _lexer.Position;
        return new SearchSyntax(_lexer.Text, commands, leadingPipe, Span.FromBounds(start, Math.Max(start, end)));
    }

    CommandSyntax ParseCommand(bool first, int depth)
    {
        var start = _lexer.Position;
        var (name, nameSpan) = ReadName(first, depth);
        var arguments = ReadArguments(name, depth);
        var end = arguments.Count > 0 ? arguments[^1].Span.End : nameSpan.End;
        var argumentsStart = arguments.Count > 0 ? arguments[0].Span.Start : end;
        return new CommandSyntax(_lexer.Text, name, nameSpan, arguments, Span.FromBounds(start, end)) { ArgumentsSpan = Span.FromBounds(argumentsStart, end) };
    }

    // A search that begins without a pipe is `search …`; within brackets the first word is always a command, pipe or not.
    (string Name, Span At) ReadName(bool first, int depth)
    {
        var start = _lexer.Position;
        var implied = first && depth == 0;
        if (_lexer.Current == '`') return (implied ? "search" : "", new Span(start, 0));
        if (_lexer.Current is '[' or ']')
        {
            if (!implied) _diagnostics.Add(SplErrors.CommandExpected(new Span(start, 1)));
            return ("search", new Span(start, 0));
        }
        var word = _lexer.Read(false, SingleQuotes.Ordinary);
        if (word.Kind == TokenKind.Word && (!implied || IsSearchWord(word))) return (word.Text.ToLowerInvariant(), word.Span);
        _lexer.Position = start;
        if (!implied) _diagnostics.Add(SplErrors.CommandExpected(word.Span));
        return ("search", new Span(start, 0));
    }

    bool IsSearchWord(Token word)
    {
        if (!word.Text.Equals("search", StringComparison.OrdinalIgnoreCase)) return false;
        var end = _lexer.Position;
        _lexer.SkipBlanks();
        var isField = !_lexer.AtEnd && Lexer.OperatorLength(_lexer.Text, _lexer.Position) > 0;
        _lexer.Position = end;
        return !isField;
    }

    List<Token> ReadArguments(string name, int depth)
    {
        var tokens = new List<Token>();
        var open = new Stack<(Token Token, bool Eval)>();
        var evalDepth = 0;
        var mode = CommandModes.QuotesOf(name);
        while (true)
        {
            var space = _lexer.SkipBlanks();
            if (_lexer.AtEnd || _lexer.Current == '|') break;
            if (_lexer.Current == ']')
            {
                if (depth > 0) break;
                _diagnostics.Add(SplErrors.Unopened(']', '[', new Span(_lexer.Position, 1)));
                _lexer.Position++;
                continue;
            }
            if (_lexer.Current == '[')
            {
                tokens.Add(ReadSubsearch(space, depth));
                continue;
            }
            var token = _lexer.Read(space, evalDepth > 0 ? SingleQuotes.Anywhere : mode);
            if (token.Kind == TokenKind.Open)
            {
                var isEval = mode != SingleQuotes.Ordinary && tokens is [.., { Kind: TokenKind.Word } word] && word.Text.Equals("eval", StringComparison.OrdinalIgnoreCase);
                open.Push((token, isEval));
                if (isEval) evalDepth++;
            }
            else if (token.Kind == TokenKind.Close)
            {
                if (!open.TryPop(out var opened)) _diagnostics.Add(SplErrors.Unopened(')', '(', token.Span));
                else if (opened.Eval) evalDepth--;
            }
            tokens.Add(token);
        }
        if (open.TryPop(out var unclosed)) _diagnostics.Add(SplErrors.Unclosed('(', ')', unclosed.Token.Span));
        return tokens;
    }

    Token ReadSubsearch(bool space, int depth)
    {
        var start = _lexer.Position;
        _lexer.Position++;
        if (depth >= MaxDepth)
        {
            _diagnostics.Add(SplErrors.TooDeep("subsearches", MaxDepth, new Span(start, 1)));
            _lexer.Position = _lexer.Text.Length;
            var rest = _lexer.Text[start..];
            return new Token(TokenKind.Word, rest, rest, Span.FromBounds(start, _lexer.Text.Length), space);
        }
        var search = ParseSearch(depth + 1);
        if (_lexer.Current == ']') _lexer.Position++;
        else _diagnostics.Add(SplErrors.Unclosed('[', ']', new Span(start, 1)));
        var text = _lexer.Text[start.._lexer.Position];
        return new Token(TokenKind.Subsearch, text, text, Span.FromBounds(start, _lexer.Position), space) { Subsearch = search };
    }
}
