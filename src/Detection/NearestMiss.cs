using System.Globalization;
using Karst.Engine.Commands;
using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Engine.Search;
using Karst.Events;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>The row that came nearest to passing a filter which dropped all of them, and the terms that it did not meet.</summary>
static class NearestMiss
{
    const int MaxText = 160;
    const int MaxTerms = 3;

    /// <summary>
    /// Looks at the rows that come into stage <paramref name="at"/> of a plan; a sentence, or null when the stage is no filter or no row came in. The rows
    /// before it are made anew.
    /// </summary>
    public static string? Find(Plan plan, int at, IEventSource source, RunContext run, CancellationToken cancellation)
    {
        var terms = plan.Stages[at] switch
        {
            FilterStage filter => Terms(filter.Filter, run),
            WhereStage where => Terms(where.Condition, run),
            _ => [],
        };
        if (terms.Count == 0 || at == 0) return null;
        var best = new Best(terms);
        var before = plan.Stages.Take(at).ToArray();
        var events = before[0] as EventsStage;
        // The message says when the event was and of what sourcetype, whether or not the search asks for it.
        if (events is not null) before[0] = events with { Wanted = events.Wanted.With("_time", "sourcetype") };
        var search = new PlannedSearch(new Plan(before), run, new Sink(best.Take)) { MayLift = false, MayPrefilter = false };
        Runner.Run([search], source, cancellation);
        if (best.Describe(run.Zone) is not { } miss || events is null || best.Sourcetype is not { } sourcetype) return best.Describe(run.Zone);
        // A field that a stage before made or took is none of the events'.
        var asked = best.Absent.Where(field => before.Skip(1).All(stage => stage.LetsThrough(FieldSet.Of(field)))).ToList();
        if (asked.Count == 0) return miss;
        var lines = AbsentFields.Find(asked, sourcetype, events, source, run, cancellation).Select(field => $"\n  no event of sourcetype `{Cut(sourcetype)}` has the field `{Cut(field.Name)}`{Near(field)}");
        return miss + string.Concat(lines);
    }

    static string Near(AbsentField field) => field.Near.Count == 0 ? "" : $"; near it are {string.Join(", ", field.Near.Select(static name => $"`{Cut(name)}`"))}";

    // A log can hold anything: control characters must not reach a terminal.
    static string Cut(string text)
    {
        var clean = string.Concat(text.Take(MaxText + 1).Select(static letter => char.IsControl(letter) ? ' ' : letter));
        return clean.Length <= MaxText ? clean : clean[..(MaxText - 1)] + "\u2026";
    }

    /// <summary>One of the conditions that a filter joins by AND.</summary>
    sealed record Term(string Text, IReadOnlyList<string> Fields, Action<Batch> Start, Func<int, bool> Holds);

    static List<Term> Terms(BoundPredicate filter, RunContext run)
    {
        var parts = filter.Root is AndPredicate and ? and.Terms : [filter.Root];
        // A subsearch is a filter only once it has run.
        if (parts.Any(NeedsRun)) return [];
        return
        [
            .. parts.Select(part =>
            {
                var open = new BoundPredicate(part, filter.Fields).Open(run);
                return new Term(part.ToString(), [.. FieldsOf(part).Distinct(StringComparer.Ordinal)], open.Start, open.Matches);
            }),
        ];
    }

    static List<Term> Terms(BoundExpression condition, RunContext run)
    {
        var terms = new List<Term>();
        var waiting = new Stack<EvalExpression>([SplParser.ParseEval(condition.Text, new Span(0, condition.Text.Length))]);
        while (waiting.TryPop(out var expression))
        {
            if (expression is EvalBinary { Operator: "AND" } and)
            {
                waiting.Push(and.Right);
                waiting.Push(and.Left);
                continue;
            }
            var bound = ExpressionBinder.BindCondition(expression, "`where`");
            var open = bound.Open(run);
            terms.Add(new Term(bound.Text, bound.Fields, open.Start, open.IsTrue));
        }
        return terms;
    }

    static bool NeedsRun(Predicate predicate) => predicate switch
    {
        SubsearchPredicate => true,
        AndPredicate and => and.Terms.Any(NeedsRun),
        OrPredicate or => or.Terms.Any(NeedsRun),
        NotPredicate not => NeedsRun(not.Term),
        _ => false,
    };

    static IEnumerable<string> FieldsOf(Predicate predicate) => predicate switch
    {
        AndPredicate and => and.Terms.SelectMany(FieldsOf),
        OrPredicate or => or.Terms.SelectMany(FieldsOf),
        NotPredicate not => FieldsOf(not.Term),
        FieldPredicate field => [field.Field],
        FieldNotPredicate field => [field.Field],
        FieldInPredicate field => [field.Field],
        FieldOrderPredicate field => [field.Field],
        _ => [],
    };

    /// <summary>Keeps the row that meets the most terms; of equal ones the first.</summary>
    sealed class Best(List<Term> terms)
    {
        int _met = -1;
        string _missed = "";
        double _time = double.NaN;

        /// <summary>The nearest row's sourcetype, where it is an event.</summary>
        internal string? Sourcetype { get; private set; }

        /// <summary>The fields of the terms it did not meet which it does not have.</summary>
        internal IReadOnlyList<string> Absent { get; private set; } = [];

        internal bool Take(Batch batch)
        {
            foreach (var term in terms) term.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                var met = terms.Count(term => term.Holds(row));
                if (met <= _met) continue;
                _met = met;
                _missed = Missed(batch, row);
                Sourcetype = batch.Find("sourcetype")?.Values[row] is { IsNull: false } sourcetype ? sourcetype.ToString() : null;
                Absent = [.. terms.Where(term => !term.Holds(row)).SelectMany(static term => term.Fields).Distinct(StringComparer.Ordinal).Where(field => batch.Find(field)?.Values[row] is not { IsNull: false })];
                _time = batch.Find("_time")?.Values[row].TryNumber(out var time) == true ? time : double.NaN;
            }
            return true;
        }

        internal string? Describe(TimeZoneInfo zone)
        {
            if (_met < 0) return null;
            var moment = double.IsFinite(_time) && Strftime.Format(_time, "%Y-%m-%dT%H:%M:%S", zone) is { } text ? $" (of {text})" : "";
            return string.Create(CultureInfo.InvariantCulture, $"nearest miss{moment}: {_met} of {terms.Count} conditions hold; not {_missed}");
        }

        string Missed(Batch batch, int row)
        {
            var missed = terms.Where(term => !term.Holds(row)).ToList();
            var shown = missed.Take(MaxTerms).Select(term => $"{Cut(term.Text)}{Values(term, batch, row)}");
            return string.Join("; not ", shown) + (missed.Count > MaxTerms ? string.Create(CultureInfo.InvariantCulture, $"; and {missed.Count - MaxTerms} more") : "");
        }

        static string Values(Term term, Batch batch, int row)
        {
            if (term.Fields.Count == 0) return "";
            var values = term.Fields.Take(MaxTerms).Select(field =>
                batch.Find(field)?.Values[row] is { IsNull: false } value ? $"{field} is \"{Cut(value.ToString().ReplaceLineEndings(", "))}\"" : $"{field} is absent");
            return $" ({string.Join(", ", values)})";
        }
    }
}
