using Karst.Engine.Running;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Automatic;
using Karst.Engine.Passes;
using Karst.Engine.Plans;
using Karst.Engine.Scanning.Extraction;
using Karst.Engine.Scanning.Sharing;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// The events of one origin for all requests: metadata decides which requests care at all, a prefilter which events are looked at, one
/// extraction gives the raw fields that any of them wants, and each request's own knowledge stages and filters do the rest.
/// </summary>
sealed class OriginScan
{
    const int MostCells = 1 << 20;

    static readonly string[] s_metadata = ["index", "host", "source", "sourcetype"];

    readonly EventOrigin _origin;
    readonly ScanProgress _progress;
    // From this many searches on, the fields that any of them wants are made once for all; with fewer, filters before the fields save more.
    const int LeastShared = 4;

    readonly List<Lane> _lanes = [];
    readonly Dictionary<string, Narrowing> _narrowings = new(StringComparer.Ordinal);
    readonly SharedScan? _shared;
    readonly JsonExtractor? _json;
    readonly bool _renames;
    readonly Prefilter? _prefilter;
    readonly EventTimes? _times;
    readonly FieldSet _raw = FieldSet.None;
    readonly List<int> _candidates = [];
    readonly ColumnRoom _room = new();
    readonly int _batchSize = 4_096;
    int _openSize;
    int _openColumns;
    long _cut;
    long _badUtf8;
    long _nuls;
    Value _lastTime;
    int _timedIndex;

    internal OriginScan(EventOrigin origin, IKnowledge knowledge, ScanWishes wishes, ScanProgress progress)
    {
        _origin = origin;
        _progress = progress;
        var wanting = new List<int>();
        for (var i = 0; i < wishes.All.Count; i++)
        {
            var request = wishes.All[i].Request;
            if (!request.IsDone && !request.Head.TakeWhile(stage => stage is FilterStage).Any(filter => IsImpossible(((FilterStage)filter).Filter.Root))) wanting.Add(i);
        }
        if (wanting.Count == 0) return;
        FieldKnowledge any;
        if (wanting.Count >= LeastShared)
        {
            var all = FieldSet.UnionOf(wanting.Select(index => wishes.All[index].Wanted));
            any = knowledge.FieldsFor(origin, all);
            var stages = StagesOf(any);
            _raw = any.RawFields.Union(Needs(stages, all));
            _shared = new SharedScan(Share(wishes, wanting, Written(stages)), stages, fields => StagesOf(knowledge.FieldsFor(origin, fields)), _lanes[0].Request.Run);
        }
        else
        {
            any = FieldKnowledge.None;
            foreach (var (request, wanted, _) in wanting.Select(index => wishes.All[index]))
            {
                any = knowledge.FieldsFor(origin, wanted);
                var lane = new Lane(this, request, StagesOf(any), wanted);
                _lanes.Add(lane);
                _raw = _raw.Union(any.RawFields).Union(lane.Needs);
            }
        }
        var run = _lanes[0].Request.Run;
        _batchSize = run.BatchSize;
        if (_raw.Contains("_time")) _times = new EventTimes(any.Time, run);
        // KV_MODE=auto looks for JSON too (AUTO_KV_JSON): a text that is none is not broken then.
        if (any.Automatic is AutomaticExtraction.Json or AutomaticExtraction.KeyValue)
            _json = new JsonExtractor(_raw) { ExpectsJson = any.Automatic == AutomaticExtraction.Json };
        _renames = any.RenamesDefaults;
        _prefilter = Prefilter.Union([.. _lanes.Select(lane => lane.Literals(any.Automatic == AutomaticExtraction.Json))]);
    }

    /// <summary>Where rows can be looked up that all of these filters may keep. Metadata is the same in all events of the origin, and tells none from another.</summary>
    internal IReadOnlyList<RowKey> KeysOf(IEnumerable<FilterStage> filters) => RowKey.Of(filters, IsImpossible, IsMetadata);

    /// <summary>What narrows batches to the fields, for all who want these.</summary>
    internal Narrowing NarrowingTo(FieldSet shown)
    {
        var names = shown.IsAll ? "*" : string.Join('\0', shown.Names) + "\0\0" + string.Join('\0', shown.Patterns);
        ref var narrowing = ref CollectionsMarshal.GetValueRefOrAddDefault(_narrowings, names, out _);
        return narrowing ??= new Narrowing(shown);
    }

    // Each search has a lane; those that begin alike do so together.
    List<Route> Share(ScanWishes wishes, List<int> wanting, FieldSet written)
    {
        var routes = new List<Route>();
        var plans = wishes.Share(wanting, out var alone);
        foreach (var plan in plans)
        {
            var lanes = plan.Members.Select(member => new Lane(this, member.Request, written.Union(member.Written), member.Wanted.Union(member.Written), member.Stages)).ToList();
            _lanes.AddRange(lanes);
            routes.Add(new SharedView(this, plan, lanes));
        }
        foreach (var (request, wanted, _) in alone)
        {
            var lane = new Lane(this, request, written, wanted);
            _lanes.Add(lane);
            routes.Add(lane);
        }
        return routes;
    }

    /// <summary>For rows that lanes choose from a shared batch: one lane after the other gives its own.</summary>
    internal ColumnRoom LaneRoom { get; } = new();

    /// <summary>Where the rows of the events that are looked at go.</summary>
    internal ScanPart Part { get; private set; } = null!;

    /// <summary>
    /// Takes a block's events; their rows go to the part, with their ranks if <paramref name="isMixed"/>. <paramref name="before"/> is the time of the last event
    /// before them that had one, where this scan did not see it.
    /// </summary>
    internal void Take(RawBlock block, ScanPart part, Value? before, bool isMixed)
    {
        Part = part;
        if (before is { } time) _lastTime = time;
        if (_lanes.TrueForAll(lane => lane.Request.IsDone)) return;
        _timedIndex = -1;
        // What came before the block may not show in how its rows are cut: another thread may have seen that.
        _openSize = 128;
        _openColumns = 0;
        _candidates.Clear();
        if (_prefilter is null) _candidates.AddRange(Enumerable.Range(0, block.Events.Count));
        else
        {
            _prefilter.Candidates(block, _candidates);
            if (_json is { ExpectsJson: true }) CountCut(block);
        }
        _progress.AddCandidates(_candidates.Count);
        for (var start = 0; start < _candidates.Count;)
        {
            var rows = CollectionsMarshal.AsSpan(_candidates).Slice(start, Math.Min(NextSize(), _candidates.Count - start));
            start += rows.Length;
            Push(Extract(block, rows, isMixed));
        }
        if (_times is not null) TimeOf(block, block.Events.Count - 1);
    }

    void Push(Batch batch)
    {
        if (_shared is null)
        {
            foreach (var lane in _lanes) lane.Push(batch);
            return;
        }
        try
        {
            _shared.Push(batch);
        }
        catch (Exception failure) when (ScanRequest.IsOwn(failure))
        {
            foreach (var lane in _lanes) lane.Fail(failure);
        }
        foreach (var narrowing in _narrowings.Values) narrowing.Forget();
    }

    // Extraction, what the text gives by itself, then all that reads them. JSON is read before the first stage.
    static IReadOnlyList<Stage> StagesOf(FieldKnowledge fields)
    {
        Stage? automatic = fields.Automatic switch
        {
            AutomaticExtraction.KeyValue => new KeyValueStage(fields.RawFields),
            AutomaticExtraction.Xml => new XmlStage(fields.RawFields),
            AutomaticExtraction.Table => new TableStage(fields.RawFields),
            _ => null,
        };
        return automatic is not null && fields.RawFields.Overlaps(FieldSet.All) ? [.. fields.Extractions, automatic, .. fields.Stages] : [.. fields.Extractions, .. fields.Stages];
    }

    static FieldSet Written(IReadOnlyList<Stage> stages) => FieldSet.UnionOf(stages.Select(stage => stage.Writes));

    internal static FieldSet Needs(IReadOnlyList<Stage> stages, FieldSet wanted)
    {
        foreach (var stage in stages.Reverse()) wanted = stage.Needs(wanted);
        return wanted;
    }

    // Where all keys are wanted and keys are data, each row may bring columns of its own: batches grow only as long as they have few.
    int NextSize()
    {
        if (!_raw.IsOpen) return _batchSize;
        _openSize = Math.Clamp(MostCells / Math.Max(1, _openColumns), 16, 2 * _openSize);
        return Math.Min(_openSize, _batchSize);
    }

    /// <summary>The time of the last of these events that has one of its own; absent where none has, or nobody wants to know. Safe for several threads.</summary>
    internal Value LastOwnTime(RawBlock block)
    {
        if (_times is null) return Value.Null;
        for (var i = block.Events.Count - 1; i >= 0; i--)
            if (OwnTimeOf(block, block.Events[i]) is { IsNull: false } time) return time;
        return Value.Null;
    }

    /// <summary>Hands over counts and messages of the scans of one origin's events.</summary>
    internal static void Finish(IReadOnlyList<OriginScan> scans)
    {
        foreach (var lane in scans.SelectMany(scan => scan._lanes)) lane.Finish();
        if (scans.FirstOrDefault(scan => scan._lanes.Count > 0) is not { } first) return;
        var messages = first._lanes[0].Request.Run.Messages;
        Say("broken-json", scan => (scan._json?.Broken ?? 0) + scan._cut, "are no whole JSON; fields up to the break were read");
        Say("deep-json", scan => scan._json?.TooDeep ?? 0, $"are nested deeper than {JsonExtractor.MostLevels} levels; what lies deeper was left out");
        Say("many-fields", scan => scan._json is { IsFull: true } ? scan._progress.Events : 0, $"have more than {JsonPaths.MostColumns} different fields together; those that came later were left out");
        Say("bad-utf8", scan => scan._badUtf8, "hold bytes that are no UTF-8; U+FFFD stands for them in what is written");
        Say("lone-surrogates", scan => scan._json?.LoneSurrogates ?? 0, "hold half of a surrogate pair; U+FFFD stands for it");
        Say("nul-bytes", scan => scan._nuls, "hold NUL bytes: binary data, or UTF-16 without a byte order mark");

        void Say(string code, Func<OriginScan, long> count, string what)
        {
            var events = scans.Sum(count);
            if (events > 0) messages.Add(code, $"{events} event(s) of {first._origin.Source} {what}");
        }
    }

    // What the prefilter lets through is read and found broken; of the rest, brackets at both ends tell whole events from cut ones.
    void CountCut(RawBlock block)
    {
        var next = 0;
        var events = CollectionsMarshal.AsSpan(block.Events);
        for (var i = 0; i < events.Length; i++)
        {
            if (next < _candidates.Count && _candidates[next] == i)
            {
                next++;
                continue;
            }
            ref readonly var raw = ref events[i];
            if (raw.Length > 0 && (block.Buffer[raw.Offset] is not ((byte)'{' or (byte)'[' or (byte)' ' or (byte)'\t') || block.Buffer[raw.Offset + raw.Length - 1] is not ((byte)'}' or (byte)']' or (byte)' ' or (byte)'\t'))) _cut++;
        }
    }

    // Most logs are ASCII: one look at all bytes from the first row to the last tells, unless most of them are of no interest.
    void LookAt(byte[] buffer, ReadOnlySpan<RawEvent> events, ReadOnlySpan<int> rows)
    {
        var (first, last) = (events[rows[0]], events[rows[^1]]);
        if (rows.Length * 2 > rows[^1] - rows[0] && IsPlain(buffer.AsSpan(first.Offset, last.Offset + last.Length - first.Offset))) return;
        foreach (var row in rows)
        {
            var raw = buffer.AsSpan(events[row].Offset, events[row].Length);
            if (IsPlain(raw)) continue;
            if (raw.Contains((byte)0)) _nuls++;
            if (!Utf8.IsValid(raw)) _badUtf8++;
        }
    }

    static bool IsPlain(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)1, (byte)0x7F);

    Batch Extract(RawBlock block, ReadOnlySpan<int> rows, bool isMixed)
    {
        var events = CollectionsMarshal.AsSpan(block.Events);
        var columns = new List<Column>();
        LookAt(block.Buffer, events, rows);
        if (_raw.Contains("_time"))
        {
            var times = _room.Of(columns.Count, rows.Length);
            for (var row = 0; row < rows.Length; row++) times[row] = TimeOf(block, rows[row]);
            columns.Add(new Column("_time", times));
        }
        if (_raw.Contains("_raw"))
        {
            var raws = _room.Of(columns.Count, rows.Length);
            for (var row = 0; row < rows.Length; row++)
            {
                ref readonly var raw = ref events[rows[row]];
                raws[row] = Value.FromUtf8(block.Buffer, raw.Offset, raw.Length);
            }
            columns.Add(new Column("_raw", raws));
        }
        foreach (var name in s_metadata)
            if (_raw.Contains(name))
            {
                var values = _room.Of(columns.Count, rows.Length);
                Array.Fill(values, Value.FromText(Metadata(name)), 0, rows.Length);
                columns.Add(new Column(name, values));
            }
        var before = columns.Count;
        if (_json is not null)
        {
            _json.Start(block.Buffer, rows.Length);
            for (var row = 0; row < rows.Length; row++) _json.Read(row, events[rows[row]].Offset, events[rows[row]].Length);
            _json.Finish(columns);
            _openColumns = _json.Columns;
        }
        AddEnvelopes(events, rows, columns);
        // Splunk's own fields win over keys of the same name in the event.
        for (var i = columns.Count - 1; i >= before; i--)
            if (columns[i].Name is "_time" or "_raw" || Array.IndexOf(s_metadata, columns[i].Name) >= 0)
            {
                if (_renames) columns[i] = new Column("extracted_" + columns[i].Name, columns[i].Values);
                else columns.RemoveAt(i);
            }
        return new Batch(rows.Length, [.. columns]) { Ranks = isMixed ? RanksOf(events, rows) : null };
    }

    static int[] RanksOf(ReadOnlySpan<RawEvent> events, ReadOnlySpan<int> rows)
    {
        var ranks = new int[rows.Length];
        for (var row = 0; row < ranks.Length; row++) ranks[row] = events[rows[row]].Rank;
        return ranks;
    }

    // Fields that came beside a raw line (a CSV without `_raw`); an export's own columns are made anew from its `_raw`.
    void AddEnvelopes(ReadOnlySpan<RawEvent> events, ReadOnlySpan<int> rows, List<Column> columns)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            if (events[rows[row]].Envelope is not { } envelope) continue;
            foreach (var (name, value) in envelope.Fields)
            {
                if (name is "_raw" or "_time" || !_raw.Contains(name)) continue;
                if (_json is not null) continue;
                var column = columns.Find(column => column.Name == name);
                if (column is null) columns.Add(column = new Column(name, new Value[rows.Length]));
                if (column.Values[row].IsNull) column.Values[row] = value;
            }
        }
    }

    // An event without a time has that of the event before it, as Splunk gives it; whether that one was wanted does not matter. Indices come in
    // rising order within a block, so each event is looked at once at the most.
    Value TimeOf(RawBlock block, int index)
    {
        for (var i = index; i > _timedIndex; i--)
            if (OwnTimeOf(block, block.Events[i]) is { IsNull: false } time)
            {
                _lastTime = time;
                break;
            }
        _timedIndex = index;
        return _lastTime;
    }

    Value OwnTimeOf(RawBlock block, in RawEvent raw)
    {
        if (raw.Envelope is { } record && _times!.Find(record) is { IsNull: false } own) return own;
        if (raw.Envelope is { } envelope)
            foreach (var (name, value) in envelope.Fields)
            {
                if (name != "_time" || value.IsNull) continue;
                if (value.TryNumber(out var epoch)) return Value.FromNumber(epoch);
                if (EventTime.TryParse(value.Utf8, TimeZoneInfo.Utc, out epoch)) return Value.FromNumber(epoch);
            }
        return _times!.Find(block.Buffer.AsSpan(raw.Offset, raw.Length));
    }

    string Metadata(string name) => name switch
    {
        "index" => _origin.Index,
        "host" => _origin.Host,
        "source" => _origin.Source,
        _ => _origin.Sourcetype,
    };

    // Terms over metadata alone hold for all events of the origin or for none. Knowledge may change none of these fields here.
    bool IsImpossible(Predicate predicate) => predicate switch
    {
        ConstantPredicate constant => !constant.Value,
        FieldPredicate field => IsMetadata(field.Field) && !field.Value.Matches(Value.FromText(Metadata(field.Field))),
        FieldInPredicate list => IsMetadata(list.Field) && !list.Values.Any(value => value.Matches(Value.FromText(Metadata(list.Field)))),
        AndPredicate and => and.Terms.Any(IsImpossible),
        OrPredicate or => or.Terms.All(IsImpossible),
        _ => false,
    };

    internal static bool IsMetadata(string field) => Array.IndexOf(s_metadata, field) >= 0;
}
