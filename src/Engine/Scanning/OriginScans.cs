using Karst.Engine.Knowledge;
using Karst.Engine.Scanning.Sharing;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>The scans of one origin's events in one file: as many as threads are at them at once.</summary>
sealed class OriginScans(EventOrigin origin, IKnowledge knowledge, ScanWishes wishes, ScanProgress progress)
{
    readonly List<OriginScan> _all = [];
    readonly Stack<OriginScan> _idle = new();
    Value _lastTime;

    /// <summary>A scan that nobody is at.</summary>
    internal OriginScan Rent()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var idle)) return idle;
            var scan = new OriginScan(origin, knowledge, wishes, progress);
            _all.Add(scan);
            return scan;
        }
    }

    /// <summary>Gives a scan back.</summary>
    internal void Return(OriginScan scan)
    {
        lock (_idle) _idle.Push(scan);
    }

    /// <summary>The time of the last event before these that had one of its own. Called in the order of the file.</summary>
    internal Value TimeBehind(RawBlock events)
    {
        var before = _lastTime;
        var scan = Rent();
        if (scan.LastOwnTime(events) is { IsNull: false } time) _lastTime = time;
        Return(scan);
        return before;
    }

    /// <summary>Hands over counts and messages; no scan is at work any more.</summary>
    internal void Finish() => OriginScan.Finish(_all);
}
