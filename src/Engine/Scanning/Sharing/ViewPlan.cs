using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>A search in a view: the fields that it wants of the events, and how many of its stages the view does.</summary>
readonly record struct ViewMember(ScanRequest Request, FieldSet Wanted, int Stages, FieldSet Written);

/// <summary>
/// Searches that begin with the same filter and calculate fields behind it. What they calculate is put together in an order that keeps that of each of them; a search
/// that reads a field which it does not calculate itself is in no view with one that does.
/// </summary>
sealed class ViewPlan
{
    readonly List<Stage> _calculations = [];
    readonly List<ViewMember> _members = [];
    readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    readonly List<HashSet<string>> _uses = [];

    ViewPlan(FilterStage filter) => Filter = filter;

    internal FilterStage Filter { get; }

    internal IReadOnlyList<Stage> Calculations => _calculations;

    internal IReadOnlyList<ViewMember> Members => _members;

    /// <summary>Puts searches that can share work into views; those that nobody shares with are left.</summary>
    internal static List<ViewPlan> Of(IReadOnlyList<(ScanRequest Request, FieldSet Wanted)> searches, out List<(ScanRequest Request, FieldSet Wanted)> alone)
    {
        var plans = new Dictionary<string, List<ViewPlan>>(StringComparer.Ordinal);
        alone = [];
        foreach (var (request, wanted) in searches)
        {
            if (!CanShare(request, wanted))
            {
                alone.Add((request, wanted));
                continue;
            }
            var key = request.Head[0].SharedAs!;
            if (!plans.TryGetValue(key, out var alike)) plans[key] = alike = [];
            if (alike.Exists(plan => plan.TryAdd(request, wanted))) continue;
            var made = new ViewPlan((FilterStage)request.Head[0]);
            alike.Add(made);
            made.TryAdd(request, wanted);
        }
        var all = plans.Values.SelectMany(static alike => alike).ToList();
        alone.AddRange(all.Where(plan => plan._members.Count == 1).Select(plan => (plan._members[0].Request, plan._members[0].Wanted)));
        all.RemoveAll(plan => plan._members.Count == 1);
        return all;
    }

    // A filter, then calculations, of fields that can be listed; time and metadata are the events' own.
    static bool CanShare(ScanRequest request, FieldSet wanted) =>
        !wanted.IsOpen
        && request.Head is [FilterStage { SharedAs: not null }, { SharedAs: not null } and not FilterStage, ..]
        && CalculationsOf(request).All(stage => stage.Writes.Names.All(name => name != "_time" && !OriginScan.IsMetadata(name)));

    static IEnumerable<Stage> CalculationsOf(ScanRequest request) => request.Head.Skip(1).TakeWhile(stage => stage is not FilterStage && stage.SharedAs is not null);

    bool TryAdd(ScanRequest request, FieldSet wanted)
    {
        if (_members is [var other, ..] && (other.Request.Run.Now != request.Run.Now || !other.Request.Run.Zone.Equals(request.Run.Zone) || other.Request.Run.Limits != request.Run.Limits)) return false;
        Stage[] own = [.. CalculationsOf(request)];
        var texts = own.Select(stage => stage.SharedAs!).ToHashSet(StringComparer.Ordinal);
        var written = FieldSet.UnionOf(own.Select(stage => stage.Writes));
        // What the search sees of the events and of its own calculations; what they need is part of it.
        var fields = wanted.Union(OriginScan.Needs(own, written)).Union(written).Names.ToHashSet(StringComparer.Ordinal);
        if (!Merge(own, out var merged)) return false;
        if (_calculations.Any(stage => !texts.Contains(stage.SharedAs!) && stage.Writes.Names.Any(fields.Contains))) return false;
        foreach (var stage in own)
        {
            if (_texts.Contains(stage.SharedAs!)) continue;
            if (_uses.Exists(used => stage.Writes.Names.Any(used.Contains))) return false;
        }
        _calculations.Clear();
        _calculations.AddRange(merged);
        _texts.UnionWith(texts);
        _uses.Add(fields);
        _members.Add(new ViewMember(request, wanted, 1 + own.Length, written));
        return true;
    }

    // Each calculation behind the one that its search has before it.
    bool Merge(Stage[] own, out List<Stage> merged)
    {
        merged = [.. _calculations];
        var at = 0;
        foreach (var stage in own)
        {
            var known = merged.FindIndex(other => other.SharedAs == stage.SharedAs);
            if (known >= 0 && known < at) return false;
            if (known < 0) merged.Insert(known = at, stage);
            at = known + 1;
        }
        return true;
    }
}
