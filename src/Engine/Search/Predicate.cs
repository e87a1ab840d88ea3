using Karst.Engine.Expressions;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Search;

/// <summary>A bound search filter's node; immutable data that passes, sources and shared scans can look into.</summary>
public abstract record Predicate
{
    /// <summary>The row is kept.</summary>
    public abstract bool Matches(in Row row);
}

/// <summary>All rows, or none.</summary>
public sealed record ConstantPredicate(bool Value) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row) => Value;

    /// <inheritdoc/>
    public override string ToString() => Value ? "*" : "NOT *";
}

/// <summary>All terms hold.</summary>
public sealed record AndPredicate(IReadOnlyList<Predicate> Terms) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row)
    {
        for (var i = 0; i < Terms.Count; i++)
            if (!Terms[i].Matches(row)) return false;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(" AND ", Terms)})";
}

/// <summary>One term holds.</summary>
public sealed record OrPredicate(IReadOnlyList<Predicate> Terms) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row)
    {
        for (var i = 0; i < Terms.Count; i++)
            if (Terms[i].Matches(row)) return true;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(" OR ", Terms)})";
}

/// <summary>The term does not hold: rows without its fields are kept.</summary>
public sealed record NotPredicate(Predicate Term) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row) => !Term.Matches(row);

    /// <inheritdoc/>
    public override string ToString() => $"NOT {Term}";
}

/// <summary>`field=value`: one of the field's values matches.</summary>
public sealed record FieldPredicate(string Field, int Slot, ValueMatcher Value) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row) => Value.MatchesAny(row[Slot]);

    /// <inheritdoc/>
    public override string ToString() => $"{Field}={Value}";
}

/// <summary>`field!=value`: the field is there, and one of its values does not match (for several values that is general knowledge).</summary>
public sealed record FieldNotPredicate(string Field, int Slot, ValueMatcher Value) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row)
    {
        var value = row[Slot];
        if (!value.IsMultivalue) return !value.IsNull && !Value.Matches(value);
        for (var i = 0; i < value.Count; i++)
            if (!Value.Matches(value[i])) return true;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Field}!={Value}";
}

/// <summary>`field IN (a, b*)`: one of the field's values matches one of the list.</summary>
public sealed record FieldInPredicate(string Field, int Slot, IReadOnlyList<ValueMatcher> Values) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row)
    {
        var value = row[Slot];
        if (value.IsNull) return false;
        for (var i = 0; i < Values.Count; i++)
            if (Values[i].MatchesAny(value)) return true;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Field} IN ({string.Join(", ", Values)})";
}

/// <summary>`field &lt; value` and its kin: as numbers when both are numbers, else as text without case.</summary>
public sealed record FieldOrderPredicate(string Field, int Slot, string Operator, string Text) : Predicate
{
    readonly bool _isNumber = NumberText.TryParse(System.Text.Encoding.UTF8.GetBytes(Text), out _);
    readonly double _number = NumberText.TryParse(System.Text.Encoding.UTF8.GetBytes(Text), out var number) ? number : 0;

    /// <inheritdoc/>
    public override bool Matches(in Row row)
    {
        var value = row[Slot];
        for (var i = 0; i < value.Count; i++)
        {
            var order = _isNumber && value[i].TryNumber(out var left)
                ? left.CompareTo(_number)
                : string.Compare(value[i].ToString(), Text, StringComparison.OrdinalIgnoreCase);
            var holds = Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
            if (holds) return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Field}{Operator}\"{Quoting.Escape(Text)}\"";
}

/// <summary>A word or phrase in `_raw`.</summary>
public sealed record TextPredicate(int Slot, TextTerm Term) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row)
    {
        if (Term.IsAny) return true;
        var raw = row[Slot];
        return !raw.IsNull && Term.Matches(raw.AsUtf8());
    }

    /// <inheritdoc/>
    public override string ToString() => Term.ToString();
}

/// <summary>A subsearch in brackets: its rows become a filter when the run opens.</summary>
public sealed record SubsearchPredicate(Plans.Plan Plan) : Predicate
{
    /// <inheritdoc/>
    public override bool Matches(in Row row) => throw new InvalidOperationException("a subsearch is run before its filter");

    /// <inheritdoc/>
    public override string ToString() => "[subsearch]";
}

/// <summary>A filter bound to slots: <see cref="Fields"/> names the field of each slot.</summary>
public sealed record BoundPredicate(Predicate Root, IReadOnlyList<string> Fields)
{
    /// <summary>The state of one run.</summary>
    public PredicateRun Open(Running.RunContext run) => new(this, run);
}

/// <summary>A filter in a run: <see cref="Start"/> once a batch, then <see cref="Matches"/> a row.</summary>
public sealed class PredicateRun(BoundPredicate predicate, Running.RunContext run)
{
    readonly Column?[] _columns = new Column?[predicate.Fields.Count];

    /// <summary>Finds the fields' columns in a batch.</summary>
    public void Start(Batch batch)
    {
        for (var slot = 0; slot < _columns.Length; slot++) _columns[slot] = batch.Find(predicate.Fields[slot]);
    }

    /// <summary>The row is kept.</summary>
    public bool Matches(int row) => predicate.Root.Matches(new Row(_columns, row, run));
}
