namespace Karst.Spl;

/// <summary>What a parse gives: syntax (as far as it could be recovered) and everything that is wrong.</summary>
public sealed record ParseResult(SearchSyntax Search, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>No diagnostic is an error.</summary>
    public bool Ok => Diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error);
}

/// <summary>Text to syntax; never throws on bad text.</summary>
public static class SplParser
{
    /// <summary>Parses a whole search.</summary>
    public static ParseResult Parse(string text)
    {
        var diagnostics = new List<Diagnostic>();
        var search = new PipelineParser(text, diagnostics).ParseAll();
        return new ParseResult(search, [.. diagnostics.OrderBy(diagnostic => diagnostic.At.Start)]);
    }

    /// <summary>
    /// Parses search-mode tokens as a filter; throws <see cref="SplException"/>. Reads until the end or a keyword in <paramref name="stop"/>
    /// (any case) at depth 0; null if there is nothing.
    /// </summary>
    public static SearchExpression? ParseSearch(ArgumentReader reader, params ReadOnlySpan<string> stop) =>
        new FilterParser(reader, stop.ToArray()).Parse();

    /// <summary>Parses a stretch of source text as one eval expression; throws <see cref="SplException"/>.</summary>
    public static EvalExpression ParseEval(string source, Span at) => new EvalParser(source, at).ParseWhole();

    /// <summary>Parses a stretch of source text as `a=…, b=…`; throws <see cref="SplException"/>.</summary>
    public static IReadOnlyList<EvalAssignment> ParseAssignments(string source, Span at) => new EvalParser(source, at).ParseAssignments();

    /// <summary>
    /// What the expression parsers say of the commands whose arguments are expressions (search, where, eval, where= of tstats, eval( ) in stats, …),
    /// subsearches included. Commands check the rest when they bind.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Check(SearchSyntax search)
    {
        var diagnostics = new List<Diagnostic>();
        new SplChecker(diagnostics).Check(search);
        return diagnostics;
    }
}
