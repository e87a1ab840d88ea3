using System.Text;

namespace Karst.Spl;

/// <summary>Syntax back to text, in one normal form: parsing what was printed gives the same syntax.</summary>
public static class Printer
{
    /// <summary>One command a line, each but an implied first one behind `| `.</summary>
    public static string Print(SearchSyntax search)
    {
        var text = new StringBuilder();
        Print(search, text, '\n');
        return text.ToString();
    }

    static void Print(SearchSyntax search, StringBuilder text, char separator)
    {
        for (var index = 0; index < search.Commands.Count; index++)
        {
            if (index > 0) text.Append(separator);
            if (index > 0 || search.LeadingPipe) text.Append("| ");
            Print(search.Commands[index], text);
        }
    }

    static void Print(CommandSyntax command, StringBuilder text)
    {
        if (command.NameSpan.Length > 0) text.Append(command.Name);
        for (var index = 0; index < command.Arguments.Count; index++)
        {
            var token = command.Arguments[index];
            if (index > 0 ? HasBlank(command.Arguments, index) : command.NameSpan.Length > 0) text.Append(' ');
            if (token.Subsearch is { } search)
            {
                text.Append('[');
                Print(search, text, ' ');
                text.Append(']');
            }
            else
            {
                text.Append(token.Text);
            }
        }
    }

    static bool HasBlank(IReadOnlyList<Token> tokens, int index)
    {
        var token = tokens[index];
        var previous = tokens[index - 1];
        if (token.Kind is TokenKind.Comma or TokenKind.Close || previous.Kind == TokenKind.Open) return false;
        if (previous.Kind == TokenKind.Comma) return true;
        if (IsTight(tokens, index) || IsTight(tokens, index - 1)) return token.SpaceBefore && Joins(previous, token);
        return token.SpaceBefore;
    }

    // Operators in a row mean nothing, and without the blanks `< <a> >` would become a name.
    static bool IsTight(IReadOnlyList<Token> tokens, int index) =>
        tokens[index].Kind == TokenKind.Operator && !IsOperator(tokens, index - 1) && !IsOperator(tokens, index + 1);

    static bool IsOperator(IReadOnlyList<Token> tokens, int index) => index >= 0 && index < tokens.Count && tokens[index].Kind == TokenKind.Operator;

    // Blanks around an operator go, unless two signs would become one: `a! =b`.
    static bool Joins(Token previous, Token token) => IsSign(previous.Text[^1]) && IsSign(token.Text[0]);

    static bool IsSign(char c) => c is '=' or '<' or '>' or '!' or '\\';
}
