using System.Runtime.InteropServices;
using System.Text;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Ingest;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// The events of a block, those of one origin together: through what changes them at index time, if there is such, and to the origin that they then have.
/// Each event keeps its rank in the block.
/// </summary>
sealed class OriginGroups(RawBlock block, IKnowledge knowledge, Dictionary<EventOrigin, IngestSettings> known, RunContext run)
{
    readonly List<(EventOrigin Origin, RawBlock Events)> _all = [];
    readonly Dictionary<(EventOrigin, bool IsChanged), RawBlock> _groups = [];
    readonly List<byte> _changed = [];
    int _rank;

    /// <summary>All events come from this origin.</summary>
    internal void AddAll(EventOrigin origin)
    {
        var settings = SettingsOf(origin);
        if (settings.IsEmpty)
        {
            if (settings.MostBytes < int.MaxValue)
                foreach (ref var raw in CollectionsMarshal.AsSpan(block.Events)) raw = Cut(raw, settings.MostBytes);
            _all.Add((origin, block));
            return;
        }
        foreach (var raw in block.Events) Add(origin, raw);
    }

    /// <summary>The next event of the block comes from this origin.</summary>
    internal void Add(EventOrigin origin, RawEvent raw)
    {
        raw = raw with { Rank = _rank++ };
        var settings = SettingsOf(origin);
        if (settings.MostBytes < int.MaxValue) raw = Cut(raw, settings.MostBytes);
        if (settings.IsEmpty) GroupOf(origin, false).Events.Add(raw);
        else Change(origin, raw, settings);
    }

    /// <summary>The groups, in the order of their first events.</summary>
    internal IReadOnlyList<(EventOrigin Origin, RawBlock Events)> Finish()
    {
        var changed = _changed.ToArray();
        foreach (var ((_, isChanged), group) in _groups)
            if (isChanged) group.Buffer = changed;
        return _all;
    }

    void Change(EventOrigin origin, RawEvent raw, IngestSettings settings)
    {
        var text = Encoding.UTF8.GetString(block.Buffer, raw.Offset, raw.Length);
        if (!settings.Apply(ref text, ref origin, run)) return;
        var start = _changed.Count;
        _changed.AddRange(Encoding.UTF8.GetBytes(text));
        GroupOf(origin, true).Events.Add(raw with { Offset = start, Length = _changed.Count - start });
    }

    RawBlock GroupOf(EventOrigin origin, bool isChanged)
    {
        if (_groups.TryGetValue((origin, isChanged), out var group)) return group;
        group = new RawBlock { Buffer = block.Buffer };
        _all.Add((origin, group));
        return _groups[(origin, isChanged)] = group;
    }

    IngestSettings SettingsOf(EventOrigin origin)
    {
        if (!known.TryGetValue(origin, out var settings)) known[origin] = settings = knowledge.IngestFor(origin);
        return settings;
    }

    // No character is cut in two.
    RawEvent Cut(RawEvent raw, int most)
    {
        if (raw.Length <= most) return raw;
        var length = most;
        while (length > 0 && (block.Buffer[raw.Offset + length] & 0xC0) == 0x80) length--;
        return raw with { Length = length };
    }
}
