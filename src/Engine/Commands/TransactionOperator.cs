using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// Groups events into transactions. Events come newest first, as Splunk's do: an event that `endswith` asks for opens a transaction, one that
/// `startswith` asks for closes it.
/// </summary>
sealed class TransactionOperator(TransactionStage stage, RunContext run) : KeptRows("transaction", run)
{
    sealed class Open(int number)
    {
        internal int Number { get; } = number;

        internal Dictionary<string, Value> Values { get; } = new(StringComparer.Ordinal);

        internal List<int> Rows { get; } = [];

        internal double Latest { get; set; }

        internal double Earliest { get; set; }

        internal bool IsClosed { get; set; }

        internal bool IsOrphan { get; init; }

        internal LinkedListNode<Open>? Use { get; set; }
    }

    readonly Value _missing = Value.FromText(stage.Missing);
    readonly List<Open> _open = [];
    readonly List<Open> _done = [];
    readonly Dictionary<(string Field, Value Value), List<Open>> _byValue = [];

    // No open transaction is later than these, so that most rows need not look at all of them.
    double _latest = double.NegativeInfinity;
    double _earliest = double.NegativeInfinity;
    int _count;

    // The open ones, the one without an event for longest first.
    readonly LinkedList<Open> _used = [];
    int _openEvents;
    int _evicted;

    protected override void GiveOut()
    {
        var starts = stage.StartsWith?.Test(Rows, Run);
        var ends = stage.EndsWith?.Test(Rows, Run);
        for (var row = 0; row < Rows.Count; row++)
        {
            // An event without a time, or without any of the fields, belongs to no transaction.
            if (!Rows.Get("_time", row).TryNumber(out var time)) Orphan(row, double.NegativeInfinity);
            else if (stage.Fields.Count > 0 && stage.Fields.All(field => Rows.Get(field, row).IsNull)) Orphan(row, time);
            else Add(row, time, starts?[row] == true, ends?[row] == true);
        }
        if (_evicted > 0) Run.Messages.Add("transaction-limit", $"`transaction` evicted {_evicted} open transactions because of `maxopentxn` or `maxopenevents`; `keepevicted=true` shows them");
        // With a filter for its beginning, a transaction whose beginning never came is evicted.
        foreach (var open in _open) Finish(open, stage.StartsWith is not null);
        _done.Sort(static (left, right) => right.Earliest.CompareTo(left.Earliest) is var order and not 0 ? order : left.Number.CompareTo(right.Number));
        for (var start = 0; start < _done.Count; start += Run.BatchSize)
        {
            var rows = new RowBuilder();
            foreach (var transaction in _done.Skip(start).Take(Run.BatchSize)) Write(transaction, rows);
            if (!Next.Push(rows.Take())) return;
        }
    }

    void Add(int row, double time, bool isStart, bool isEnd)
    {
        if (_latest - time > stage.MostSpan || _earliest - time > stage.MostPause) CloseOld(time);
        var open = Find(row);
        if (isEnd && open is not null)
        {
            Close(open, closed: stage.StartsWith is null);
            open = null;
        }
        if (open is null)
        {
            // Only the last event opens a transaction, where it is known what it has to be.
            if (stage.EndsWith is not null && !isEnd)
            {
                Orphan(row, time);
                return;
            }
            _open.Add(open = new Open(_count++) { Latest = time });
            _latest = Math.Max(_latest, time);
        }
        open.Rows.Add(row);
        open.Earliest = time;
        _openEvents++;
        if (open.Use is { } use) _used.Remove(use);
        open.Use = _used.AddLast(open);
        _earliest = Math.Max(_earliest, time);
        foreach (var field in stage.Fields)
            if (Rows.Get(field, row) is { IsNull: false } value && open.Values.TryAdd(field, value))
            {
                if (_byValue.TryGetValue((field, value), out var sharing)) sharing.Add(open);
                else _byValue[(field, value)] = [open];
            }
        if (isStart || (stage.MostEvents >= 0 && open.Rows.Count >= stage.MostEvents)) Close(open, closed: true);
        while (_open.Count > stage.MostOpen || _openEvents > stage.MostOpenEvents)
        {
            _evicted++;
            Close(_used.First!.Value, closed: false);
        }
    }

    void CloseOld(double time)
    {
        foreach (var old in _open.Where(open => open.Latest - time > stage.MostSpan || open.Earliest - time > stage.MostPause).ToArray()) Close(old, closed: stage.StartsWith is null);
        _latest = _open.Count == 0 ? double.NegativeInfinity : _open.Max(static open => open.Latest);
        _earliest = _open.Count == 0 ? double.NegativeInfinity : _open.Max(static open => open.Earliest);
    }

    // The one opened first of those that the row fits. Where a field has to be shared, only those that share one are looked at.
    Open? Find(int row)
    {
        if (stage.Fields.Count == 0 || !stage.IsConnected) return _open.Find(open => Fits(open, row));
        Open? first = null;
        foreach (var field in stage.Fields)
        {
            if (Rows.Get(field, row) is not { IsNull: false } value || !_byValue.TryGetValue((field, value), out var sharing)) continue;
            foreach (var open in sharing)
                if ((first is null || open.Number < first.Number) && Fits(open, row)) first = open;
        }
        return first;
    }

    void Orphan(int row, double time)
    {
        if (!stage.KeepsOrphans) return;
        var orphan = new Open(_count++) { Earliest = time, Latest = time, IsOrphan = true };
        orphan.Rows.Add(row);
        _done.Add(orphan);
    }

    bool Fits(Open open, int row)
    {
        var shares = stage.Fields.Count == 0 || !stage.IsConnected;
        foreach (var field in stage.Fields)
        {
            var value = Rows.Get(field, row);
            if (value.IsNull || !open.Values.TryGetValue(field, out var other)) continue;
            if (value != other) return false;
            shares = true;
        }
        return shares;
    }

    void Close(Open open, bool closed)
    {
        _open.Remove(open);
        _used.Remove(open.Use!);
        _openEvents -= open.Rows.Count;
        foreach (var (field, value) in open.Values)
            if (_byValue.TryGetValue((field, value), out var sharing) && sharing.Remove(open) && sharing.Count == 0) _byValue.Remove((field, value));
        open.IsClosed = closed;
        Finish(open, !closed);
    }

    void Finish(Open open, bool isEvicted)
    {
        if (!isEvicted || stage.KeepsEvicted) _done.Add(open);
    }

    void Write(Open transaction, RowBuilder rows)
    {
        if (transaction.IsOrphan)
        {
            foreach (var name in Rows.Names) rows.Set(name, Rows.Get(name, transaction.Rows[0]));
            rows.Set("_txn_orphan", Value.FromNumber(1));
            rows.Next();
            return;
        }
        // In the order of time: the events came newest first.
        var members = transaction.Rows.AsEnumerable().Reverse().ToArray();
        foreach (var name in Rows.Names)
        {
            if (name == "_time") continue;
            var isList = stage.IsList || stage.ListFields.Contains(name) || (name == "_raw" && stage.ListsRaw);
            var values = new List<Value>();
            foreach (var member in members)
            {
                var value = Rows.Get(name, member);
                for (var i = 0; i < value.Count; i++) values.Add(value[i]);
                // Only a list shows which event lacks the field.
                if (value.IsNull && isList && name != "_raw") values.Add(_missing);
            }
            if (!values.Exists(value => !ReferenceEquals(value.Utf8Array, _missing.Utf8Array))) values.Clear();
            if (name == "_raw" && !stage.ListsRaw) rows.Set(name, values.Count == 0 ? Value.Null : Value.FromText(string.Join('\n', values)));
            else rows.Set(name, Value.FromMany(isList ? values : Distinct(values)));
        }
        rows.Set("_time", Value.FromNumber(transaction.Earliest));
        rows.Set("duration", Value.FromNumber(transaction.Latest - transaction.Earliest));
        rows.Set("eventcount", Value.FromNumber(members.Length));
        rows.Set("closed_txn", Value.FromNumber(transaction.IsClosed ? 1 : 0));
        rows.Next();
    }

    static List<Value> Distinct(List<Value> values)
    {
        var distinct = values.Distinct().ToList();
        distinct.Sort(static (left, right) => left.AsUtf8().SequenceCompareTo(right.AsUtf8()));
        return distinct;
    }
}
