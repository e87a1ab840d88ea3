using System.Text.RegularExpressions;
using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>A condition that no predicate stands for: the stage's number, its text, and why.</summary>
public sealed record Unanalyzed(int Stage, string Text, string Reason);

/// <summary>One command, macros expanded, to the predicates that it tests; remembers which fields earlier commands made.</summary>
sealed partial class StageAnalyzer
{
    /// <summary>Conditions within each other; deeper ones are counted as not analysed.</summary>
    public const int MaxDepth = 200;

    const int MaxSubsearches = 10;

    readonly FieldTrace _fields = new();
    readonly SearchNames _names;
    readonly List<Unanalyzed> _unknown;
    int _depth;
    bool _isMapped;

    public StageAnalyzer(SearchNames names, List<Unanalyzed> unknown)
    {
        _names = names;
        _unknown = unknown;
    }

    /// <summary>The stage that is analysed, as its author counts.</summary>
    public int Number { get; set; }

    /// <summary>The fields that were read of events so far.</summary>
    public IEnumerable<string> Reads => _fields.Reads;

    /// <summary>Notes a condition that cannot be analysed; there is no predicate for it.</summary>
    public Predicate? Unknown(string text, string reason)
    {
        _unknown.Add(new Unanalyzed(Number, text, reason));
        return null;
    }

    /// <summary>A comparison; names who made the field, when an earlier command did, and who fills a placeholder.</summary>
    public FieldPredicate Test(string field, PredicateKind kind, IReadOnlyList<string> values, bool negated)
    {
        var predicate = new FieldPredicate(field, kind, values, negated) { Computed = _fields.MakerOf(field) };
        // `<<FIELD>>` is each of foreach's fields in turn.
        if (field.Contains("<<", StringComparison.Ordinal)) return predicate with { Computed = "foreach", IsExpression = true };
        // `$user$` is a field of the row that map runs the search for.
        return _isMapped && values.Any(static value => Token().IsMatch(value)) ? predicate with { Computed = "map", HasComputedValues = true } : predicate;
    }

    /// <summary>The conditions of a subsearch's own stages, which lives in a world of its own, and the fields that it compares outside.</summary>
    public Predicate? Subsearch(SearchSyntax search, bool negated)
    {
        var inner = Inner(search);
        var outer = FieldsOf(search).Select(field => Test(field, PredicateKind.In, [], negated) with { Computed = NameOf(search), HasComputedValues = true }).ToList();
        if (outer.Count == 0) Unknown($"[{search.Text.Substring(search.Span.Start, search.Span.Length)}]", "the fields that the subsearch compares are not named by its last command");
        return outer.Count + inner.Count == 0 ? null : new SubsearchPredicate(outer, inner);
    }

    /// <summary>What a subsearch's values are called: a lookup's name where it does nothing but read one.</summary>
    public string NameOf(SearchSyntax search) =>
        search.Commands.Count > 0 && search.Commands[0] is { Name: "inputlookup" } command && SearchNames.LookupOf(command) is { } lookup ? $"lookup {lookup}" : "subsearch";

    /// <summary>The predicates of a command, and whether they decide which rows go on.</summary>
    public (bool IsFilter, IReadOnlyList<Predicate> Predicates) Analyze(CommandSyntax command)
    {
        _names.Note(command);
        try
        {
            return (IsFilter(command.Name), [.. Predicates(command)]);
        }
        catch (SplException problem)
        {
            Unknown(command.Text, problem.Diagnostic.Message);
            return (false, []);
        }
        finally
        {
            _fields.Note(command);
        }
    }

    /// <summary>One predicate of several; null for none.</summary>
    public static Predicate? Join(bool any, List<Predicate> terms) => terms.Count switch
    {
        0 => null,
        1 => terms[0],
        _ => new PredicateGroup(any, [.. terms.SelectMany(term => term is PredicateGroup group && group.Any == any ? group.Terms : [term])]),
    };

    static bool IsFilter(string command) => command is "search" or "where" or "regex" or "tstats" or "mstats" or "inputlookup" or "metasearch" or "datamodel";

    IEnumerable<Predicate> Predicates(CommandSyntax command)
    {
        switch (command.Name)
        {
            case "search" or "metasearch":
                return Top(new FilterAnalyzer(this).Analyze(SplParser.ParseSearch(new ArgumentReader(command)), negated: false));
            case "where":
                return Top(new EvalAnalyzer(this, command.Source).Analyze(SplParser.ParseEval(command.Source, command.ArgumentsSpan), negated: false));
            case "tstats" or "mstats" or "inputlookup":
                return Top(OfWhere(command)).Concat(OfAggregates(command));
            case "regex":
                return OfRegex(command);
            case "eval" or "fieldformat":
                var eval = new EvalAnalyzer(this, command.Source);
                return SplParser.ParseAssignments(command.Source, command.ArgumentsSpan).SelectMany(assignment => eval.Conditions(assignment.Expression));
            case "lookup":
                return OfLookup(command);
            case "map":
                return OfMap(command);
            case "transaction":
                return OfTransaction(command).Concat(OfAggregates(command));
            default:
                return OfAggregates(command).Concat(command.Arguments.Where(token => token.Subsearch is not null)
                    .Select(token => Inner(token.Subsearch!)).Where(inner => inner.Count > 0).Select(inner => new SubsearchPredicate([], inner)));
        }
    }

    Predicate? OfWhere(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd && !reader.TryKeyword("where")) reader.Take();
        return new FilterAnalyzer(this).Analyze(SplParser.ParseSearch(reader, command.Name == "inputlookup" ? [] : ["by", "groupby"]), negated: false);
    }

    IEnumerable<Predicate> OfRegex(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        var first = reader.Take();
        if (reader.AtEnd) return [Test("_raw", PredicateKind.Regex, [first.Value], negated: false) with { CaseSensitive = true }];
        var @operator = reader.Take();
        return [Test(first.Value, PredicateKind.Regex, [reader.Take().Value], @operator.Text == "!=") with { CaseSensitive = true }];
    }

    // count(eval(…)) and the like.
    IEnumerable<Predicate> OfAggregates(CommandSyntax command)
    {
        var eval = new EvalAnalyzer(this, command.Source);
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (!reader.TryKeyword("eval") || reader.Peek().Kind != TokenKind.Open)
            {
                reader.Take();
                continue;
            }
            foreach (var predicate in eval.Conditions(SplParser.ParseEval(command.Source, reader.TakeGroup()))) yield return predicate;
        }
    }

    // A lookup is a named list: it asks whether the fields have values of its key columns.
    IEnumerable<Predicate> OfLookup(CommandSyntax command)
    {
        if (SearchNames.LookupOf(command) is not { } name) return [];
        return FieldTrace.LookupKeys(command).Select(field => Test(field, PredicateKind.In, [], negated: false) with { Computed = $"lookup {name}", HasComputedValues = true });
    }

    // startswith=(a=1 b=2) and startswith="a=1 b=2" are filters that say where a transaction begins; startswith=eval(…) is an expression.
    IEnumerable<Predicate> OfTransaction(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (!reader.TryOptionName(out var option)) reader.Take();
            else if (option is "startswith" or "endswith" && FilterText(command, reader) is { } text)
                foreach (var predicate in Top(OfText(text))) yield return predicate;
        }
    }

    static string? FilterText(CommandSyntax command, ArgumentReader reader)
    {
        if (reader.Peek().Kind == TokenKind.Quoted) return reader.Take().Value;
        if (reader.Peek().Kind != TokenKind.Open) return null;
        var group = reader.TakeGroup();
        return command.Source.Substring(group.Start, group.Length);
    }

    /// <summary>A filter that stands in a text of its own.</summary>
    public Predicate? OfText(string text, bool negated = false)
    {
        var parsed = SplParser.Parse("search " + text);
        if (!parsed.Ok || parsed.Search.Commands is not [var command]) return Unknown(text, "the search does not parse");
        return new FilterAnalyzer(this).Analyze(SplParser.ParseSearch(new ArgumentReader(command)), negated);
    }

    IEnumerable<Predicate> OfMap(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var option, out var value)) reader.Take();
            else if (option == "search" && value.Kind == TokenKind.Quoted && Inner(SplParser.Parse(value.Value).Search, isMapped: true) is { Count: > 0 } inner) yield return new SubsearchPredicate([], inner);
        }
    }

    List<Predicate> Inner(SearchSyntax search, bool isMapped = false)
    {
        if (_depth >= MaxSubsearches)
        {
            Unknown("a subsearch", $"subsearches are nested deeper than {MaxSubsearches}");
            return [];
        }
        var inner = new StageAnalyzer(_names, _unknown) { _depth = _depth + 1, _isMapped = isMapped || _isMapped, Number = Number };
        return [.. search.Commands.SelectMany(command => inner.Analyze(command).Predicates)];
    }

    // The last command that says which fields there are.
    static IReadOnlyList<string> FieldsOf(SearchSyntax search)
    {
        foreach (var command in search.Commands.Reverse())
        {
            if (command.Name is "fields" or "table" or "return") return FieldTrace.ListedFields(command);
            if (command.Name is "stats" or "tstats" or "top" or "rare" or "dedup" or "chart") return FieldTrace.GroupFields(command);
        }
        return [];
    }

    // A top-level AND is a stage's list of predicates.
    static IEnumerable<Predicate> Top(Predicate? predicate) => predicate switch
    {
        null => [],
        PredicateGroup { Any: false } group => group.Terms,
        _ => [predicate],
    };

    [GeneratedRegex(@"\$[\w.]+\$")]
    private static partial Regex Token();
}
