using System.Globalization;

namespace Karst.Spl;

/// <summary>What a stretch of a search is, for its colour.</summary>
public enum SplPart { Plain, Pipe, Command, Keyword, Function, Field, Option, Text, Number, Operator, Macro, Comment }

/// <summary>A stretch of a text; a macro carries its key, `name` or `name(2)`.</summary>
public readonly record struct ColouredSpan(Span At, SplPart Part, string? Macro = null);

/// <summary>Colours a search from the parser's own tokens; whatever was not understood stays plain.</summary>
public sealed class SplColours
{
    static readonly HashSet<string> s_keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "AND", "OR", "NOT", "XOR", "IN", "LIKE", "AS", "BY", "GROUPBY", "OVER", "WHERE", "FROM", "OUTPUT", "OUTPUTNEW", "TRUE", "FALSE", "NULL",
    };

    readonly string _text;
    readonly List<ColouredSpan> _spans = [];
    int _position;

    SplColours(string text) => _text = text;

    /// <summary>The coloured stretches in order, without overlap; between them the text is plain.</summary>
    public static IReadOnlyList<ColouredSpan> Of(string text) => Of(SplParser.Parse(text).Search);

    /// <inheritdoc cref="Of(string)"/>
    public static IReadOnlyList<ColouredSpan> Of(SearchSyntax search)
    {
        var colours = new SplColours(search.Text);
        colours.Visit(search);
        colours.Gap(search.Text.Length);
        return colours._spans;
    }

    void Visit(SearchSyntax search)
    {
        foreach (var command in search.Commands)
        {
            if (command.NameSpan.Length > 0) Add(command.NameSpan, SplPart.Command);
            for (var index = 0; index < command.Arguments.Count; index++) Visit(command, index);
        }
    }

    void Visit(CommandSyntax command, int index)
    {
        var token = command.Arguments[index];
        if (token.Subsearch is { } inner)
        {
            Visit(inner);
            return;
        }
        Add(token.Span, PartOf(command, index), token.Macro?.Key);
    }

    static SplPart PartOf(CommandSyntax command, int index)
    {
        var token = command.Arguments[index];
        switch (token.Kind)
        {
            case TokenKind.Quoted: return SplPart.Text;
            case TokenKind.SingleQuoted: return SplPart.Field;
            case TokenKind.Operator: return SplPart.Operator;
            case TokenKind.Macro: return SplPart.Macro;
            case TokenKind.Word: break;
            default: return SplPart.Plain;
        }
        var next = index + 1 < command.Arguments.Count ? command.Arguments[index + 1] : null;
        if (next is { Kind: TokenKind.Open, SpaceBefore: false }) return SplPart.Function;
        if (s_keywords.Contains(token.Text)) return SplPart.Keyword;
        if (next?.Kind == TokenKind.Operator) return Compares(command.Name) ? SplPart.Field : SplPart.Option;
        if (index > 0 && command.Arguments[index - 1].Kind == TokenKind.Operator) return IsNumber(token.Text) ? SplPart.Number : SplPart.Text;
        return IsNumber(token.Text) ? SplPart.Number : SplPart.Plain;
    }

    static bool Compares(string command) => command is "search" or "where" or "eval" or "fieldformat" or "tstats" or "mstats";

    static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    void Add(Span at, SplPart part, string? macro = null)
    {
        // A recovery from an error may hand out a token twice.
        if (at.Start < _position || at.Length == 0) return;
        Gap(at.Start);
        if (part != SplPart.Plain) _spans.Add(new ColouredSpan(at, part, macro));
        _position = at.End;
    }

    // Between tokens stand blanks, pipes, brackets and comments.
    void Gap(int end)
    {
        for (var index = _position; index < end; index++)
        {
            if (_text[index] == '|') _spans.Add(new ColouredSpan(new Span(index, 1), SplPart.Pipe));
            else if (_text[index] == '`' && string.CompareOrdinal(_text, index, "```", 0, 3) == 0)
            {
                var close = _text.IndexOf("```", index + 3, StringComparison.Ordinal);
                var stop = Math.Min(close < 0 ? end : close + 3, end);
                _spans.Add(new ColouredSpan(Span.FromBounds(index, stop), SplPart.Comment));
                index = stop - 1;
            }
        }
        _position = Math.Max(_position, end);
    }
}
