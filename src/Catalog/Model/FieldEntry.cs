namespace Karst.Catalog.Model;

/// <summary>A field under its normalised name, with the names that rules give it, the kinds of test, the values and the rules. Numbers are numbers of rules.</summary>
public sealed record FieldEntry(string Name, string Address)
{
    /// <summary>The names in rules: `process_name`, `Processes.process_name`.</summary>
    public required IReadOnlyList<Counted> Names { get; init; }

    /// <summary>The kinds of test, the most frequent first; `not ` stands before a negated one.</summary>
    public required IReadOnlyList<Counted> Kinds { get; init; }

    /// <summary>Its values, the most frequent first.</summary>
    public required IReadOnlyList<Counted> Values { get; init; }

    /// <summary>The rules that test it, by name.</summary>
    public required IReadOnlyList<RuleCard> Rules { get; init; }
}

/// <summary>A value of a field: which rules look for it, and how.</summary>
public sealed record ValueEntry(string Field, string Value, string Address)
{
    /// <summary>The field's page.</summary>
    public required string FieldAddress { get; init; }

    /// <summary>The rules, by kind of test: kinds in the order of <see cref="Karst.Rules.Analysis.PredicateKind"/>.</summary>
    public required IReadOnlyList<ValueUse> Uses { get; init; }

    /// <summary>How many rules there are in all.</summary>
    public int Rules { get; init; }
}

/// <summary>The rules that look for a value with one kind of test.</summary>
public sealed record ValueUse(string Kind, bool Negated, IReadOnlyList<RuleCard> Rules);
