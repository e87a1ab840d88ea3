namespace Karst.Events;

/// <summary>Records of a table: its header names the columns, `_raw` is the raw text, an empty cell is absent, `__mv_x` holds the values of a multivalue `x`.</summary>
sealed class CsvDecoder(TableForm form, Action<string, string> problem) : EnvelopeDecoder
{
    readonly List<Value> _cells = [];
    string[]? _names = form.Names is { } names ? [.. names] : null;
    int _raw = form.Names is { } given ? given.ToList().IndexOf("_raw") : -1;
    int _before = form.HeaderLine - 1;
    bool _hasMultivalues;

    public override void Decode(byte[] buffer, List<RawEvent> events)
    {
        var from = 0;
        if (_names is null)
        {
            from = Math.Min(_before, events.Count);
            _before -= from;
        }
        if (_names is null && events.Count > from)
        {
            CsvRecord.Split(buffer.AsSpan(events[from].Offset, events[from].Length), _cells, form.Delimiter);
            _names = _cells.ConvertAll(static cell => cell.ToString()).ToArray();
            _raw = Array.IndexOf(_names, "_raw");
            _hasMultivalues = Array.Exists(_names, static name => name.StartsWith("__mv_", StringComparison.Ordinal));
            from++;
        }
        for (var i = from; i < events.Count; i++) events[i] = Decode(buffer, events[i], _names!);
        events.RemoveRange(0, from);
    }

    RawEvent Decode(byte[] buffer, RawEvent record, string[] names)
    {
        CsvRecord.Split(buffer.AsSpan(record.Offset, record.Length), _cells, form.Delimiter);
        if (_cells.Count > names.Length) problem("csv-columns", $"a record has {_cells.Count} fields, the header {names.Length}; those beyond were left out");
        var fields = new List<KeyValuePair<string, Value>>();
        for (var c = 0; c < Math.Min(names.Length, _cells.Count); c++)
        {
            if (c == _raw || _cells[c].Utf8.IsEmpty) continue;
            if (names[c].StartsWith("__mv_", StringComparison.Ordinal)) SetMultivalue(fields, names[c][5..], _cells[c]);
            else if (!_hasMultivalues || !fields.Exists(field => field.Key == names[c])) fields.Add(new(names[c], _cells[c]));
        }
        var envelope = new EventEnvelope(fields);
        if (_raw < 0 || _raw >= _cells.Count || _cells[_raw].Utf8.IsEmpty) return record with { Envelope = envelope };
        var text = _cells[_raw].Utf8;
        text.CopyTo(buffer.AsSpan(record.Offset));
        return new RawEvent(record.Offset, text.Length) { Envelope = envelope };
    }

    // Splunk writes `$one$;$two$`, a dollar sign within as `$$`.
    static void SetMultivalue(List<KeyValuePair<string, Value>> fields, string name, Value cell)
    {
        var text = cell.ToString();
        if (text.Length < 2 || text[0] != '$' || text[^1] != '$') return;
        var values = text[1..^1].Split("$;$").Select(static part => Value.FromText(part.Replace("$$", "$", StringComparison.Ordinal))).ToArray();
        var at = fields.FindIndex(field => field.Key == name);
        if (at >= 0) fields[at] = new(name, Value.FromMany(values));
        else fields.Add(new(name, Value.FromMany(values)));
    }
}
