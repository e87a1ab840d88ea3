using Karst.Spl;

namespace Karst.Units.Spl;

/// <summary>Syntax trees as short text, so that a test shows the whole shape.</summary>
static class Shapes
{
    public static string Filter(string text)
    {
        var result = SplParser.Parse(text);
        Assert.True(result.Ok, result.Diagnostics.Count > 0 ? result.Diagnostics[0].Message : "");
        return Of(SplParser.ParseSearch(new ArgumentReader(result.Search.Commands[0])));
    }

    public static string Eval(string text) => Of(SplParser.ParseEval(text, new Span(0, text.Length)));

    public static string Assignments(string text) =>
        string.Join("; ", SplParser.ParseAssignments(text, new Span(0, text.Length)).Select(item => $"{item.Target} := {Of(item.Expression)}"));

    public static string Tokens(string text) =>
        string.Join(" ", SplParser.Parse(text).Search.Commands[0].Arguments.Select(token => $"{token.Kind}:{token.Value}"));

    public static string Of(SearchExpression? expression) => expression switch
    {
        null => "nothing",
        SearchAnd and => $"({string.Join(" AND ", and.Terms.Select(Of))})",
        SearchOr or => $"({string.Join(" OR ", or.Terms.Select(Of))})",
        SearchNot not => $"NOT {Of(not.Term)}",
        SearchText text => Prefix(text.Kind) + (text.Quoted ? $"\"{text.Text}\"" : text.Text),
        SearchComparison comparison => $"{comparison.Field}{comparison.Operator}{Value(comparison.Value)}",
        SearchIn within => $"{within.Field} IN {{{string.Join("; ", within.Values.Select(Value))}}}",
        SearchSubsearch inner => $"[{string.Join("|", inner.Search.Commands.Select(command => command.Name))}]",
        SearchMacro macro => $"`{macro.Call.Key}`",
        _ => throw new InvalidOperationException(),
    };

    static string Value(SearchValue value) => Prefix(value.Kind) + (value.Quoted ? $"\"{value.Text}\"" : value.Text);

    static string Prefix(TermKind kind) => kind switch { TermKind.Case => "CASE:", TermKind.Term => "TERM:", _ => "" };

    public static string Of(EvalExpression expression) => expression switch
    {
        EvalNumber number => number.Text,
        EvalText text => $"\"{text.Value}\"",
        EvalField field => field.Quoted ? $"'{field.Name}'" : field.Name,
        EvalCall call => $"{call.Function}({string.Join(", ", call.Arguments.Select(Of))})",
        EvalUnary unary => $"({unary.Operator} {Of(unary.Operand)})",
        EvalBinary binary => $"({Of(binary.Left)} {binary.Operator} {Of(binary.Right)})",
        EvalIn within => $"({Of(within.Operand)} IN {{{string.Join("; ", within.Values.Select(Of))}}})",
        EvalMacro macro => $"`{macro.Call.Key}`",
        EvalSubsearch => "[…]",
        _ => throw new InvalidOperationException(),
    };
}
