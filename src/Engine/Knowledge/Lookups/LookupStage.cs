using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>Adds the columns of a lookup's rows that match fields of the row.</summary>
public sealed record LookupStage : Stage, INarrowable
{
    readonly LookupTable _table;

    LookupStage(LookupSpec spec, LookupTable table, IReadOnlyList<LookupPair> outputs)
    {
        Spec = spec;
        _table = table;
        Outputs = outputs;
    }

    /// <summary>The arguments as written.</summary>
    public LookupSpec Spec { get; }

    /// <summary>The columns that are written, and to which fields.</summary>
    public IReadOnlyList<LookupPair> Outputs { get; private init; }

    /// <inheritdoc/>
    public override string Command => "lookup";

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Outputs.Select(pair => pair.Field));

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <summary>Binds the arguments to a table; throws <see cref="SplException"/> for columns that it lacks.</summary>
    public static LookupStage Bind(LookupSpec spec, LookupTable table)
    {
        foreach (var pair in spec.Inputs.Concat(spec.Outputs ?? []))
            if (table.Column(pair.Column) is null) throw new SplException(KnowledgeErrors.NoColumn(spec, pair.Column, table.Columns));
        var inputs = spec.Inputs.Select(pair => pair.Column).ToHashSet(StringComparer.Ordinal);
        return new LookupStage(spec, table, spec.Outputs ?? [.. table.Columns.Where(column => !inputs.Contains(column)).Select(column => new LookupPair(column, column))]);
    }

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        // A row that lacks an input keeps its fields, so what is written is read as well.
        after = after.With(Spec.Inputs.Select(pair => pair.Field));
        return _table.Definition.TimeField is null ? after : after.With("_time");
    }

    Stage? INarrowable.Narrow(FieldSet wanted) => Narrow(wanted);

    /// <summary>The stage that writes just the wanted fields, or null when it writes none of them.</summary>
    internal LookupStage? Narrow(FieldSet wanted)
    {
        var outputs = Outputs.Where(pair => wanted.Contains(pair.Field)).ToList();
        return outputs.Count == 0 ? null : this with { Outputs = outputs };
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run)
    {
        if (_table.Notice is { } notice) run.Messages.Add($"lookup {_table.Definition.Name}", notice);
        return new LookupOperator(this, run.Zone);
    }

    /// <inheritdoc/>
    public override string Describe() => $"lookup {Spec with { Outputs = Outputs }}";

    sealed class LookupOperator(LookupStage stage, TimeZoneInfo zone) : Operator
    {
        // Made for the run: whoever only reads rules needs none.
        readonly LookupIndex _index = stage._table.IndexOn([.. stage.Spec.Inputs.Select(pair => pair.Column)]);
        readonly RowTimes? _times = RowTimes.Of(stage._table, zone);
        readonly LookupScratch _scratch = new();
        readonly List<int> _rows = [];
        readonly List<Value> _found = [];
        readonly Value[] _inputs = new Value[stage.Spec.Inputs.Count];
        readonly Value[][] _cells = [.. stage.Outputs.Select(pair => stage._table.Column(pair.Column)!)];
        readonly Value _default = stage._table.Definition.DefaultMatch is { Length: > 0 } text ? Value.FromText(text) : Value.Null;

        public override bool Push(Batch batch)
        {
            var inputs = new Column?[_inputs.Length];
            for (var i = 0; i < inputs.Length; i++) inputs[i] = batch.Find(stage.Spec.Inputs[i].Field);
            var times = _times is null ? null : batch.Find("_time");
            var old = new Column?[_cells.Length];
            var outputs = new Value[_cells.Length][];
            for (var o = 0; o < outputs.Length; o++)
            {
                old[o] = batch.Find(stage.Outputs[o].Field);
                outputs[o] = new Value[batch.Count];
            }
            for (var row = 0; row < batch.Count; row++)
            {
                // OUTPUT puts what is found, also nothing, in the place of what was there; a row that lacks an input is not looked up at all.
                var isLookedUp = Take(inputs, row);
                var wanted = false;
                for (var o = 0; o < outputs.Length; o++)
                {
                    if ((stage.Spec.OnlyNew || !isLookedUp) && old[o] is { } column) outputs[o][row] = column.Values[row];
                    wanted |= outputs[o][row].IsNull;
                }
                if (!wanted || !isLookedUp) continue;
                Find();
                _times?.Choose(_rows, times is null ? Value.Null : times.Values[row]);
                for (var o = 0; o < outputs.Length; o++)
                    if (outputs[o][row].IsNull) outputs[o][row] = Result(_cells[o]);
            }
            for (var o = 0; o < outputs.Length; o++) batch = batch.With(stage.Outputs[o].Field, outputs[o]);
            return Next.Push(batch);
        }

        // An event without one of the fields matches nothing, not even `*`; Splunk's pages do not say otherwise.
        bool Take(Column?[] inputs, int row)
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                if (inputs[i] is not { } column || column.Values[row].IsNull) return false;
                _inputs[i] = column.Values[row];
            }
            return true;
        }

        void Find()
        {
            _rows.Clear();
            // Which rows are near enough in time is seen later.
            var most = _times is null ? stage._table.Definition.MaxMatches : int.MaxValue / 2;
            var many = Array.FindIndex(_inputs, value => value.IsMultivalue);
            if (many < 0) _index.Find(_inputs, most, _rows, _scratch);
            else FindEach(many, most);
        }

        // Each value of a multivalue field is looked up; the rows found come together, each once.
        void FindEach(int column, int most)
        {
            var values = _inputs[column];
            for (var i = 0; i < values.Count; i++)
            {
                _inputs[column] = values[i];
                var next = Array.FindIndex(_inputs, column + 1, value => value.IsMultivalue);
                if (next >= 0) FindEach(next, most);
                else FindMore(most);
            }
            _inputs[column] = values;
        }

        void FindMore(int most)
        {
            var known = _rows.Count;
            _index.Find(_inputs, known + most, _rows, _scratch);
            for (var i = _rows.Count - 1; i >= known; i--)
                if (_rows.IndexOf(_rows[i], 0, known) >= 0) _rows.RemoveAt(i);
        }

        Value Result(Value[] cells)
        {
            if (_rows.Count == 1 && stage._table.Definition.MinMatches <= 1) return cells[_rows[0]];
            _found.Clear();
            foreach (var row in _rows)
                if (!cells[row].IsNull) _found.Add(cells[row]);
            for (var i = _rows.Count; i < stage._table.Definition.MinMatches && !_default.IsNull; i++) _found.Add(_default);
            return Value.FromMany(_found);
        }
    }
}
