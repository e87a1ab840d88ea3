using System.Runtime.CompilerServices;
using Karst.Engine.Aggregates;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>Groups by key, and the accumulators of each. Memory is counted now and then and may not exceed the run's limit.</summary>
sealed class Groups(string command, AggregationInputs inputs, bool allNumbers, RunContext run)
{
    const int RowsBetweenChecks = 65_536;
    // Its row of accumulators, and what its key takes when groups are put in order.
    const long BytesOfGroup = 80;
    // Bytes of keys that are new since then ask for a look as well.
    const int MostNewKeys = 1 << 20;

    readonly TextIndex _keys = new();
    Accumulator?[][] _accumulators = new Accumulator?[16][];
    // Small limits are looked at more often.
    readonly long _between = Math.Clamp(run.Limits.MemoryBytes / 4_096, 64, RowsBetweenChecks);
    long _untilCheck = Math.Clamp(run.Limits.MemoryBytes / 4_096, 64, RowsBetweenChecks);
    long _keysAtCheck;
    long _reported;

    /// <summary>How many groups there are.</summary>
    internal int Count => _keys.Count;

    /// <summary>The group of a key, made now if it is new.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Find(ReadOnlySpan<byte> key)
    {
        var group = _keys.Add(key, out var added);
        if (!added) return group;
        if (group == _accumulators.Length) Array.Resize(ref _accumulators, group * 2);
        _accumulators[group] = new Accumulator?[inputs.Slots.Count];
        return group;
    }

    /// <summary>The group of a key; -1 when it has none yet.</summary>
    internal int FindKnown(ReadOnlySpan<byte> key) => _keys.Find(key);

    /// <summary>More than half of the memory is in use: what is new should go elsewhere.</summary>
    internal bool IsCrowded { get; private set; }

    /// <summary>Adds a row of the batch that the inputs were started with to a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(int group, int row)
    {
        if (inputs.HasUncovered) inputs.Cover(row);
        var slots = inputs.Slots;
        var time = inputs.Time(row);
        for (var i = 0; i < slots.Count; i++)
        {
            var slot = slots[i];
            if (slot.IsAbsent) continue;
            Of(group, i).Add(AggregationInputs.Read(slot, row), time);
        }
    }

    /// <summary>A slot's result in a group.</summary>
    internal Value Result(int group, int slot) => Of(group, slot).Result();

    /// <summary>The values of a group's key.</summary>
    internal void ReadKey(int group, Value[] into, int from, int count)
    {
        var (array, start) = _keys.PlaceOf(group);
        GroupKey.Read(array, start, into, from, count);
    }

    /// <summary>Counts memory when enough rows have come since the last time; ends the run when it is too much.</summary>
    internal void Check(int rows)
    {
        _untilCheck -= rows;
        if (_untilCheck > 0 && _keys.Bytes - _keysAtCheck < MostNewKeys) return;
        run.ThrowIfCancelled();
        _keysAtCheck = _keys.Bytes;
        var bytes = _keys.Bytes;
        for (var group = 0; group < Count; group++)
        {
            bytes += BytesOfGroup;
            foreach (var accumulator in _accumulators[group]) bytes += 8 + (accumulator?.Bytes ?? 0);
        }
        if (bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory(command, run.Limits.MemoryBytes));
        Report(bytes);
        IsCrowded |= bytes > run.Limits.MemoryBytes / 2 || run.Pool?.IsCrowded(bytes, run.Limits.MemoryBytes / 2) == true;
        _untilCheck = _between + (Count / 4);
    }

    /// <summary>Its memory, so many bytes, is for others from now on.</summary>
    internal long Free()
    {
        var bytes = _reported;
        Report(0);
        return bytes;
    }

    void Report(long bytes)
    {
        run.Pool?.Change(_reported, bytes);
        _reported = bytes;
    }

    Accumulator Of(int group, int slot)
    {
        var all = _accumulators[group];
        if (slot >= all.Length) Array.Resize(ref _accumulators[group], inputs.Slots.Count);
        return _accumulators[group][slot] ??= inputs.Slots[slot].Source.Open(run, allNumbers);
    }
}
