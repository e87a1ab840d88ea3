using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>
/// The times of a lookup's rows: an event matches those rows that are old enough and not too old, the newest first (Splunk's Knowledge Manager
/// Manual, time-based lookups). Rows and events without a time match nothing.
/// </summary>
sealed class RowTimes
{
    readonly LookupDefinition _definition;
    readonly double[] _times;

    RowTimes(LookupDefinition definition, double[] times)
    {
        _definition = definition;
        _times = times;
    }

    /// <summary>Reads the times; null for a lookup that is not matched by time.</summary>
    internal static RowTimes? Of(LookupTable table, TimeZoneInfo zone)
    {
        if (table.Definition is not { TimeField: { } field } definition) return null;
        var cells = table.Column(field) ?? [];
        var times = new double[table.Count];
        Array.Fill(times, double.NaN);
        for (var row = 0; row < cells.Length; row++)
        {
            if (definition.TimeFormat is not { } format ? cells[row].TryNumber(out var time) : Strptime.TryParse(cells[row].ToString(), format, zone, out time))
                times[row] = time;
        }
        return new RowTimes(definition, times);
    }

    /// <summary>Keeps of the rows that match otherwise those that match the event's time, as many as count.</summary>
    internal void Choose(List<int> rows, Value eventTime)
    {
        if (!eventTime.TryNumber(out var now))
        {
            rows.Clear();
            return;
        }
        rows.RemoveAll(row => !(now - _times[row] >= _definition.LeastOffset && now - _times[row] <= _definition.MostOffset));
        if (rows.Count > 1) rows.Sort((left, right) => _times[right].CompareTo(_times[left]) is var order and not 0 ? order : left.CompareTo(right));
        if (rows.Count > _definition.MaxMatches) rows.RemoveRange(_definition.MaxMatches, rows.Count - _definition.MaxMatches);
    }
}
