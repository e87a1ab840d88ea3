namespace Karst.Spl;

/// <summary>A search as it was written: commands separated by pipes. Spans point into <see cref="Text"/>.</summary>
public sealed record SearchSyntax(string Text, IReadOnlyList<CommandSyntax> Commands, bool LeadingPipe, Span Span);

/// <summary>
/// One command with its arguments as tokens in search mode. A first stage without a command word has the name `search`
/// and an empty name span. The parser is generic: what the tokens mean is the command's own matter.
/// </summary>
public sealed record CommandSyntax(string Source, string Name, Span NameSpan, IReadOnlyList<Token> Arguments, Span Span)
{
    /// <summary>The command as it was written, without the pipe.</summary>
    public string Text => Source.Substring(Span.Start, Span.Length);

    /// <summary>The text behind the command word: what the expression parsers read.</summary>
    public Span ArgumentsSpan { get; init; }

    /// <summary>The stage is nothing but one macro call.</summary>
    public bool IsMacro => Arguments is [{ Kind: TokenKind.Macro }] && NameSpan.Length == 0;
}

/// <summary>The kinds of token in search mode.</summary>
public enum TokenKind { Word, Quoted, SingleQuoted, Operator, Comma, Open, Close, Subsearch, Macro, End }

/// <summary>
/// A token. <see cref="Text"/> is what was written; <see cref="Value"/> is what it means (quotes taken off, escapes resolved).
/// Operators are `=`, `==`, `!=`, `&lt;`, `&gt;`, `&lt;=`, `&gt;=`.
/// </summary>
public sealed record Token(TokenKind Kind, string Text, string Value, Span Span, bool SpaceBefore)
{
    /// <summary>The search within brackets, for a subsearch.</summary>
    public SearchSyntax? Subsearch { get; init; }

    /// <summary>The call, for a macro.</summary>
    public MacroCall? Macro { get; init; }
}

/// <summary>A macro call between backticks: its name, and its arguments as written (a name(n) is chosen by their number).</summary>
public sealed record MacroCall(string Name, IReadOnlyList<string> Arguments, Span Span)
{
    /// <summary>`name` or `name(2)`, as macros.conf writes its stanzas.</summary>
    public string Key => Arguments.Count == 0 ? Name : $"{Name}({Arguments.Count})";
}
