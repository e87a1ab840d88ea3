using System.Runtime.InteropServices;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Search;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>A request, the fields that it wants of the events, and what its head's stages do (see <see cref="Stage.SharedAs"/>).</summary>
sealed record ScanWish(ScanRequest Request, FieldSet Wanted, IReadOnlyList<string> HeadTexts);

/// <summary>The requests of one scan, and how they share work: worked out once for all files and threads.</summary>
sealed class ScanWishes
{
    readonly Dictionary<byte[], (List<ViewPlan> Views, List<ScanWish> Alone)> _shared = new(ByteComparer.Instance);

    internal ScanWishes(IReadOnlyList<ScanRequest> requests)
    {
        Requests = requests;
        All = [.. requests.Select(request => new ScanWish(request, WantedOf(request), [.. request.Head.Select(stage => stage.SharedAs!)]))];
    }

    internal IReadOnlyList<ScanRequest> Requests { get; }

    internal IReadOnlyList<ScanWish> All { get; }

    /// <summary>How some of the requests share work, given by their places among <see cref="All"/>.</summary>
    internal List<ViewPlan> Share(List<int> some, out List<ScanWish> alone)
    {
        var key = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(some)).ToArray();
        lock (_shared)
        {
            if (!_shared.TryGetValue(key, out var known))
            {
                var views = ViewPlan.Of([.. some.Select(index => All[index])], out var left);
                _shared[key] = known = (views, left);
            }
            alone = known.Alone;
            return known.Views;
        }
    }

    // What calculations of the head read is wanted of the events; a filter may have got new fields from a subsearch.
    static FieldSet WantedOf(ScanRequest request)
    {
        var wanted = OriginScan.Needs([.. request.Head.Where(stage => stage is FilterStage)], request.Events.Wanted);
        return TimeRange.IsBounded(request) ? wanted.With("_time") : wanted;
    }
}
