using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes a row of each value of a field.</summary>
sealed class Mvexpand : Command
{
    public override string Name => "mvexpand";

    public override string Usage => "mvexpand <field> [limit=<count>]";

    public override string Summary => "Makes a row of each value of a field; the other fields are the same in all of them.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        Token? field = null;
        var limit = 0;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
                limit = name == "limit" ? OptionValue.Whole(syntax, name, value) : throw CommandErrors.UnknownOption(syntax, name, value.Span, "limit");
            else if (field is null) field = FieldArgument.Take(reader);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "a field name");
        if (FieldArgument.IsPattern(field.Value)) throw CommandErrors.NoWildcard(syntax, field);
        // Splunk: mvexpand does not work on internal fields.
        if (field.Value.StartsWith('_'))
            throw CommandErrors.Unsupported(syntax, $"the internal field `{field.Value}`", field.Span, $"`eval values={field.Value}` first, then expand `values`");
        return new MvexpandStage(field.Value, limit) { At = syntax.Span };
    }
}

/// <summary>A row of each value of a field, at most <see cref="Limit"/> a row (0 is all); a row without the field passes once.</summary>
public sealed record MvexpandStage(string Field, int Limit) : Stage
{
    /// <inheritdoc/>
    public override string Command => "mvexpand";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Field);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ExpandOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"mvexpand {Field}{(Limit > 0 ? $" limit={Limit}" : "")}";

    sealed class ExpandOperator(MvexpandStage stage, RunContext run) : Operator
    {
        readonly RowSelection _selection = new(new ColumnRoom());
        int[] _rows = [];
        Value[] _values = [];
        int _count;

        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field) is not { } column || !HasMany(column, batch.Count)) return Next.Push(batch);
            if (_rows.Length == 0) (_rows, _values) = (new int[run.BatchSize], new Value[run.BatchSize]);
            _count = 0;
            for (var row = 0; row < batch.Count; row++)
            {
                var value = column.Values[row];
                var count = value.Count;
                if (count > 1) count = Limited(count);
                for (var i = 0; i < Math.Max(count, 1); i++)
                {
                    _rows[_count] = row;
                    _values[_count++] = value.IsNull ? value : value[i];
                    if (_count == run.BatchSize && !PassOn(batch)) return false;
                }
            }
            return _count == 0 || PassOn(batch);
        }

        int Limited(int count)
        {
            if (stage.Limit > 0) count = Math.Min(count, stage.Limit);
            if (run.Limits.MvexpandRows == 0 || count <= run.Limits.MvexpandRows) return count;
            run.Messages.Add("mvexpand-limit", $"`mvexpand {stage.Field}` made {run.Limits.MvexpandRows} rows of one and dropped the other values");
            return run.Limits.MvexpandRows;
        }

        bool PassOn(Batch batch)
        {
            run.ThrowIfCancelled();
            var rows = _rows.AsSpan(0, _count);
            _count = 0;
            return Next.Push(_selection.Of(batch, rows).With(stage.Field, _values));
        }

        static bool HasMany(Column column, int count)
        {
            for (var row = 0; row < count; row++)
                if (column.Values[row].IsMultivalue) return true;
            return false;
        }
    }
}
