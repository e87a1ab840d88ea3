using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>A search in a view: the fields that it wants of the events, how many of its stages the view does, and the fields that these calculate.</summary>
readonly record struct ViewMember(ScanRequest Request, FieldSet Wanted, int Stages, FieldSet Written);

/// <summary>
/// Searches that begin with the same filter and calculate fields behind it. What they calculate is put together in an order that keeps that of each of them; a search
/// that reads a field which it does not calculate itself is in no view with one that does.
/// </summary>
sealed class ViewPlan
{
    readonly List<(Stage Stage, string Text)> _calculations = [];
    readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    readonly List<ViewMember> _members = [];
    readonly HashSet<string> _used = new(StringComparer.Ordinal);

    ViewPlan(FilterStage filter) => Filter = filter;

    internal FilterStage Filter { get; }

    internal IReadOnlyList<Stage> Calculations => [.. _calculations.Select(calculation => calculation.Stage)];

    internal IReadOnlyList<ViewMember> Members => _members;

    /// <summary>Puts searches that can share work into views; those that nobody shares with are left.</summary>
    internal static List<ViewPlan> Of(IReadOnlyList<ScanWish> wishes, out List<ScanWish> alone)
    {
        var plans = new Dictionary<string, List<ViewPlan>>(StringComparer.Ordinal);
        alone = [];
        foreach (var wish in wishes)
        {
            if (!CanShare(wish))
            {
                alone.Add(wish);
                continue;
            }
            if (!plans.TryGetValue(wish.HeadTexts[0], out var alike)) plans[wish.HeadTexts[0]] = alike = [];
            if (alike.Exists(plan => plan.TryAdd(wish))) continue;
            var made = new ViewPlan((FilterStage)wish.Request.Head[0]);
            alike.Add(made);
            made.TryAdd(wish);
        }
        var all = plans.Values.SelectMany(static alike => alike).ToList();
        alone.AddRange(all.Where(plan => plan._members.Count == 1).Select(plan => wishes.First(wish => wish.Request == plan._members[0].Request)));
        all.RemoveAll(plan => plan._members.Count == 1);
        return all;
    }

    // A filter, then calculations, of fields that can be listed; time and metadata are the events' own.
    static bool CanShare(ScanWish wish) =>
        !wish.Wanted.IsOpen
        && wish.Request.Head is [FilterStage, not FilterStage, ..]
        && CalculationsOf(wish.Request).All(stage => stage.Writes.Names.All(name => name != "_time" && !OriginScan.IsMetadata(name)));

    static IEnumerable<Stage> CalculationsOf(ScanRequest request) => request.Head.Skip(1).TakeWhile(stage => stage is not FilterStage);

    bool TryAdd(ScanWish wish)
    {
        var run = wish.Request.Run;
        if (_members is [{ Request.Run: var other }, ..] && (other.Now != run.Now || !other.Zone.Equals(run.Zone) || other.Limits != run.Limits)) return false;
        (Stage Stage, string Text)[] own = [.. CalculationsOf(wish.Request).Select((stage, index) => (stage, wish.HeadTexts[index + 1]))];
        if (!KeepsOrder(own)) return false;
        var written = FieldSet.UnionOf(own.Select(calculation => calculation.Stage.Writes));
        // What the search sees of the events and of its own calculations; what they need is part of it.
        var fields = wish.Wanted.Union(OriginScan.Needs([.. own.Select(calculation => calculation.Stage)], written)).Union(written).Names.ToHashSet(StringComparer.Ordinal);
        var texts = own.Select(calculation => calculation.Text).ToHashSet(StringComparer.Ordinal);
        if (_calculations.Exists(calculation => !texts.Contains(calculation.Text) && calculation.Stage.Writes.Names.Any(fields.Contains))) return false;
        if (own.Any(calculation => !_places.ContainsKey(calculation.Text) && calculation.Stage.Writes.Names.Any(_used.Contains))) return false;
        Merge(own);
        _used.UnionWith(fields);
        _members.Add(new ViewMember(wish.Request, wish.Wanted, 1 + own.Length, written));
        return true;
    }

    bool KeepsOrder((Stage Stage, string Text)[] own)
    {
        var at = -1;
        foreach (var (_, text) in own)
        {
            if (!_places.TryGetValue(text, out var place)) continue;
            if (place <= at) return false;
            at = place;
        }
        return true;
    }

    // Each new calculation behind the one that its search has before it.
    void Merge((Stage Stage, string Text)[] own)
    {
        var at = 0;
        foreach (var calculation in own)
        {
            var known = _places.GetValueOrDefault(calculation.Text, -1);
            if (known < 0)
            {
                _calculations.Insert(known = at, calculation);
                for (var i = at; i < _calculations.Count; i++) _places[_calculations[i].Text] = i;
            }
            at = known + 1;
        }
    }
}
