using Karst.Spl;

namespace Karst.Units.Spl;

/// <summary>Compares syntax without its places.</summary>
static class SyntaxAssert
{
    public static void PrintsStably(string text)
    {
        var search = SplParser.Parse(text).Search;
        var printed = Printer.Print(search);
        var again = SplParser.Parse(printed).Search;
        Assert.Equal(Describe(search), Describe(again));
        Assert.Equal(printed, Printer.Print(again));
    }

    public static string Describe(SearchSyntax search) =>
        (search.LeadingPipe ? "|" : "") + string.Join("\n|", search.Commands.Select(command => $"{command.Name}: {Describe(command.Arguments)}"));

    static string Describe(IEnumerable<Token> tokens) =>
        string.Join(" ", tokens.Select(token => token.Subsearch is { } search ? $"[{Describe(search)}]" : $"{token.Kind}<{token.Value}>"));
}
