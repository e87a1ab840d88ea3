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
            var previous = index > 0 ? command.Arguments[index - 1] : null;
            if (previous is null ? command.NameSpan.Length > 0 : HasBlank(previous, token)) text.Append(' ');
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

    static bool HasBlank(Token previous, Token token)
    {
        if (token.Kind is TokenKind.Comma or TokenKind.Close || previous.Kind == TokenKind.Open) return false;
        if (previous.Kind == TokenKind.Comma) return true;
        if (token.Kind == TokenKind.Operator || previous.Kind == TokenKind.Operator) return token.SpaceBefore && Joins(previous, token);
        return token.SpaceBefore;
    }

    // Blanks around an operator go, unless two signs would become one: `a! =b`.
    static bool Joins(Token previous, Token token) => IsSign(previous.Text[^1]) && IsSign(token.Text[0]);

    static bool IsSign(char c) => c is '=' or '<' or '>' or '!' or '\\';
}
