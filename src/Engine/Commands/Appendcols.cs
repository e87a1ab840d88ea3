using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts the rows of a subsearch beside the others (Splunk search reference, appendcols).</summary>
sealed class Appendcols : Command
{
    public override string Name => "appendcols";

    public override string Usage => "appendcols [override=<bool>] [maxout=<count>] [<subsearch>]";

    public override string Summary => "Adds the fields of a search in brackets: its first row to the first row, its second to the second.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        int? most = null;
        var overrides = false;
        while (reader.TryOption(out var name, out var value))
        {
            if (name == "maxout") most = OptionValue.Whole(syntax, name, value);
            else if (name == "override") overrides = OptionValue.Bool(syntax, name, value);
            else if (!Subrows.IsScheduling(name)) throw CommandErrors.UnknownOption(syntax, name, value.Span, "override", "maxout", "maxtime", "timeout", "extendtimerange");
        }
        return new AppendcolsStage(Subrows.Take(reader, context), most, overrides) { At = syntax.Span };
    }
}

/// <summary>Rows side by side with those of a subsearch: at most so many, null is the limit of the run, 0 is all.</summary>
public sealed record AppendcolsStage(Plan Subsearch, int? Most, bool Overrides) : Stage
{
    /// <inheritdoc/>
    public override IReadOnlyList<Plan> SideSearches => [Subsearch];

    /// <inheritdoc/>
    public override string Command => "appendcols";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new AppendcolsOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"appendcols{(Overrides ? " override" : "")} {Subsearch.Describe()}";

    sealed class AppendcolsOperator(AppendcolsStage stage, RunContext run) : Operator
    {
        RowStore? _rows;
        string[] _names = [];
        int _next;
        bool _full;

        public override bool Push(Batch batch)
        {
            if (_full) return false;
            var rows = Rows();
            var merged = batch;
            foreach (var name in _names)
            {
                var old = batch.Find(name)?.Values;
                var values = new Value[batch.Count];
                for (var row = 0; row < values.Length; row++)
                {
                    var before = old is null ? Value.Null : old[row];
                    var beside = _next + row < rows.Count ? rows.Get(name, _next + row) : Value.Null;
                    values[row] = stage.Overrides ? (beside.IsNull ? before : beside) : before.IsNull ? beside : before;
                }
                merged = merged.With(name, values);
            }
            _next += batch.Count;
            _full = !Next.Push(merged);
            return !_full;
        }

        // Rows of the subsearch beyond the last one come out as well.
        public override void Finish()
        {
            if (!_full && Rows() is var rows && _next < rows.Count)
                foreach (var batch in rows.ToBatches([.. Enumerable.Range(_next, rows.Count - _next)], run.BatchSize))
                    if (!Next.Push(new Batch(batch.Count, [.. batch.Columns.ToArray().Where(column => !IsInternal(column.Name))]))) break;
            Next.Finish();
        }

        RowStore Rows()
        {
            if (_rows is not null) return _rows;
            _rows = SubsearchRows.Run(stage.Subsearch, stage.Most ?? run.Limits.JoinRows, run);
            _names = [.. _rows.Names.Where(name => !IsInternal(name))];
            return _rows;
        }

        static bool IsInternal(string name) => name.StartsWith('_');
    }
}
