using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>One command, macros expanded, to the predicates that it tests; remembers which fields earlier commands made.</summary>
sealed class StageAnalyzer
{
    readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    int _depth;

    /// <summary>Conditions that could not be analysed.</summary>
    public int Unknown { get; private set; }

    public void CountUnknown() => Unknown++;

    /// <summary>A comparison; names who made the field, when an earlier command did.</summary>
    public FieldPredicate Test(string field, PredicateKind kind, IReadOnlyList<string> values, bool negated) =>
        new(field, kind, values, negated) { Computed = _made.GetValueOrDefault(field) };

    /// <summary>The predicates of a subsearch's own stages; it lives in a world of its own.</summary>
    public Predicate? Subsearch(SearchSyntax search, bool negated)
    {
        if (_depth >= 10)
        {
            CountUnknown();
            return null;
        }
        // What a subsearch finds becomes the filter; under NOT its own conditions still hold within it, and are not the outer rows'.
        var inner = new StageAnalyzer { _depth = _depth + 1 };
        var found = search.Commands.SelectMany(inner.Analyze).ToList();
        Unknown += inner.Unknown;
        return negated ? null : Join(any: false, found);
    }

    public IReadOnlyList<Predicate> Analyze(CommandSyntax command)
    {
        try
        {
            return [.. Predicates(command)];
        }
        catch (SplException)
        {
            CountUnknown();
            return [];
        }
        finally
        {
            Remember(command);
        }
    }

    /// <summary>One predicate of several; null for none.</summary>
    public static Predicate? Join(bool any, List<Predicate> terms) => terms.Count switch
    {
        0 => null,
        1 => terms[0],
        _ => new PredicateGroup(any, [.. terms.SelectMany(term => term is PredicateGroup group && group.Any == any ? group.Terms : [term])]),
    };

    IEnumerable<Predicate> Predicates(CommandSyntax command)
    {
        switch (command.Name.ToLowerInvariant())
        {
            case "search":
                return Top(new FilterAnalyzer(this).Analyze(SplParser.ParseSearch(new ArgumentReader(command)), negated: false));
            case "where":
                return Top(new EvalAnalyzer(this, command.Source).Analyze(SplParser.ParseEval(command.Source, command.ArgumentsSpan), negated: false));
            case "tstats" or "mstats" or "inputlookup":
                return Top(OfWhere(command));
            case "regex":
                return OfRegex(command);
            default:
                return command.Arguments.Where(token => token.Subsearch is not null)
                    .Select(token => Subsearch(token.Subsearch!, negated: false)).OfType<Predicate>();
        }
    }

    Predicate? OfWhere(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd && !reader.TryKeyword("where")) reader.Take();
        return new FilterAnalyzer(this).Analyze(SplParser.ParseSearch(reader, "by", "groupby"), negated: false);
    }

    IEnumerable<Predicate> OfRegex(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        var first = reader.Take();
        if (reader.AtEnd) return [Test("_raw", PredicateKind.Regex, [first.Value], negated: false)];
        var @operator = reader.Take();
        return [Test(first.Value, PredicateKind.Regex, [reader.Take().Value], @operator.Text == "!=")];
    }

    // A top-level AND is a stage's list of predicates.
    static IEnumerable<Predicate> Top(Predicate? predicate) => predicate switch
    {
        null => [],
        PredicateGroup { Any: false } group => group.Terms,
        _ => [predicate],
    };

    void Remember(CommandSyntax command)
    {
        switch (command.Name.ToLowerInvariant())
        {
            case "eval":
                try
                {
                    foreach (var assignment in SplParser.ParseAssignments(command.Source, command.ArgumentsSpan)) _made[assignment.Target] = "eval";
                }
                catch (SplException)
                {
                    CountUnknown();
                }
                break;
            case "stats" or "eventstats" or "streamstats" or "tstats" or "mstats" or "chart" or "timechart" or "sistats":
                foreach (var token in command.Arguments)
                    if (token is { Kind: TokenKind.Word, Text: "count" or "c" }) _made["count"] = command.Name;
                RememberNames(command, "as");
                break;
            case "lookup":
                RememberOutputs(command);
                break;
        }
    }

    void RememberNames(CommandSyntax command, string keyword)
    {
        for (var i = 0; i + 1 < command.Arguments.Count; i++)
            if (command.Arguments[i].Text.Equals(keyword, StringComparison.OrdinalIgnoreCase)) _made[command.Arguments[i + 1].Value] = command.Name;
    }

    void RememberOutputs(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd && !reader.TryKeyword("output") && !reader.TryKeyword("outputnew")) reader.Take();
        foreach (var field in reader.TakeFields("as")) _made[field.Value] = "lookup";
        RememberNames(command, "as");
    }
}
