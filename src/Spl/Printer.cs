namespace Karst.Spl;

/// <summary>Syntax back to text, in one normal form: parsing what was printed gives the same syntax.</summary>
public static class Printer
{
    /// <summary>One command a line, each but an implied first one behind `| `.</summary>
    public static string Print(SearchSyntax search) => throw new NotSupportedException();
}
