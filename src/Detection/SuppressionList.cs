using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>What an entry of a suppression list did: how many findings it left out, or that its day has passed.</summary>
public sealed record SuppressionUse(Suppression Entry, int Findings, bool IsPast);

/// <summary>
/// Leaves findings out that somebody said are known. Filters are those of `search`, over the fields of the finding's row and `risk_object`, `risk_object_type` and
/// `risk_score`. Of several entries that hold for a finding the first counts it.
/// </summary>
public sealed class SuppressionList
{
    readonly List<(Suppression Entry, ValueMatcher Rule, BoundPredicate Filter)> _entries = [];

    /// <summary>A list; an entry whose filter cannot be read is a diagnostic and is not used.</summary>
    public SuppressionList(IEnumerable<Suppression> entries, List<RuleDiagnostic> diagnostics)
    {
        foreach (var entry in entries)
        {
            try
            {
                _entries.Add((entry, new ValueMatcher(entry.Rule), entry.Where.Length == 0 ? PredicateBinder.Bind(null) : PredicateBinder.BindText(entry.Where)));
            }
            catch (SplException error)
            {
                diagnostics.Add(new RuleDiagnostic(entry.Path, entry.At, error.Diagnostic));
            }
        }
    }

    /// <summary>The findings that stay, and what each entry did; <paramref name="now"/> is the moment of the hunt in epoch seconds.</summary>
    public (IReadOnlyList<Finding> Kept, IReadOnlyList<SuppressionUse> Uses) Apply(IReadOnlyList<Finding> findings, double now)
    {
        var counts = new int[_entries.Count];
        var isPast = _entries.ConvertAll(entry => entry.Entry.Until is { } until && now >= new DateTimeOffset(until.AddDays(1), default, default).ToUnixTimeSeconds());
        var run = new RunContext { Now = now };
        var filters = _entries.ConvertAll(entry => entry.Filter.Open(run));
        var kept = new List<Finding>();
        foreach (var finding in findings)
        {
            Batch? row = null;
            var held = -1;
            for (var i = 0; i < _entries.Count && held < 0; i++)
            {
                if (isPast[i] || !IsOf(finding.Rule, _entries[i].Rule)) continue;
                filters[i].Start(row ??= RowOf(finding));
                if (filters[i].Matches(0)) held = i;
            }
            if (held < 0) kept.Add(finding);
            else counts[held]++;
        }
        return (kept, [.. _entries.Select((entry, index) => new SuppressionUse(entry.Entry, counts[index], isPast[index]))]);
    }

    static bool IsOf(Rule rule, ValueMatcher wanted) => wanted.Matches(Value.FromText(rule.Name)) || wanted.Matches(Value.FromText(rule.Id));

    static Batch RowOf(Finding finding)
    {
        var columns = new List<Column>();
        foreach (var (name, value) in finding.Row.Fields) columns.Add(new Column(name, [value]));
        Add("risk_object", finding.Entity?.Value is { } entity ? Value.FromText(entity) : Value.Null);
        Add("risk_object_type", finding.Entity is { } kind ? Value.FromText(kind.Type) : Value.Null);
        Add("risk_score", Value.FromNumber(finding.Score));
        return new Batch(1, [.. columns]);

        // A field of the row with such a name is the row's.
        void Add(string name, Value value)
        {
            if (!columns.Exists(column => column.Name == name)) columns.Add(new Column(name, [value]));
        }
    }
}
