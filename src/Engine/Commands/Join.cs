using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Joins the rows of a subsearch to those with equal fields.</summary>
sealed class Join : Command
{
    public override string Name => "join";

    public override string Usage => "join [type=inner|left|outer] [max=<count>] [overwrite=<bool>] [usetime=<bool>] [earlier=<bool>] [<field>...] [<subsearch>]";

    public override string Summary => "Joins the rows of a search in brackets to the rows that have equal fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new JoinStage([], new Plan([])) { At = syntax.Span };
        var fields = new List<string>();
        while (reader.Peek().Kind is not (TokenKind.Subsearch or TokenKind.End))
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var name, out var value)) stage = Option(stage, syntax, name, value);
            else fields.Add(FieldArgument.TakePlain(reader).Value);
        }
        return stage with { Fields = fields, Subsearch = Subrows.Take(reader, context) };
    }

    static JoinStage Option(JoinStage stage, CommandSyntax syntax, string name, Token value) => name switch
    {
        "type" => stage with
        {
            KeepsUnmatched = value.Value.ToLowerInvariant() switch
            {
                "inner" => false,
                "left" or "outer" => true,
                _ => throw CommandErrors.BadValue(syntax, name, value, "`inner`, `left` or `outer`"),
            },
        },
        "max" => stage with { Most = OptionValue.Whole(syntax, name, value) },
        "overwrite" => stage with { Overwrites = OptionValue.Bool(syntax, name, value) },
        "usetime" => stage with { UsesTime = OptionValue.Bool(syntax, name, value) },
        "earlier" => stage with { IsEarlier = OptionValue.Bool(syntax, name, value) },
        _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "type", "max", "overwrite", "usetime", "earlier"),
    };
}

/// <summary>Rows joined to those of a subsearch by equal fields; without names, by all fields that both sides have.</summary>
public sealed record JoinStage(IReadOnlyList<string> Fields, Plan Subsearch) : Stage
{
    /// <summary>Rows without a partner stay (`type=left` and `type=outer`, which Splunk takes for the same).</summary>
    public bool KeepsUnmatched { get; init; }

    /// <summary>How many partners a row may have; 0 is all.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Fields of the subsearch replace those of the row.</summary>
    public bool Overwrites { get; init; } = true;

    /// <summary>Partners are limited by time.</summary>
    public bool UsesTime { get; init; }

    /// <summary>With <see cref="UsesTime"/>: partners are those not later than the row; else those not earlier.</summary>
    public bool IsEarlier { get; init; } = true;

    /// <inheritdoc/>
    public override string Command => "join";

    /// <inheritdoc/>
    // Without names the fields are those that both sides have, which only all rows together tell.
    public override FieldSet Needs(FieldSet after)
    {
        if (Fields.Count == 0) return FieldSet.All;
        var needed = after.With(Fields);
        return UsesTime ? needed.With("_time") : needed;
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => Fields.Count == 0 ? new JoinAllOperator(this, run) : new JoinOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() =>
        $"join type={(KeepsUnmatched ? "left" : "inner")} max={Most} {string.Join(' ', Fields)} {Subsearch.Describe()}";

    sealed class JoinAllOperator(JoinStage stage, RunContext run) : KeptRows("join", run)
    {
        protected override void GiveOut()
        {
            var right = SubsearchRows.Run(stage.Subsearch, Run.Limits.JoinRows, Run);
            var shared = Rows.Names.Where(name => !name.StartsWith('_') && Rows.HasField(name) && right.HasField(name)).ToArray();
            var inner = new JoinOperator(stage with { Fields = shared }, Run, right) { Next = new Sink(batch => Next.Push(batch)) };
            foreach (var batch in Rows.ToBatches(Run.BatchSize))
                if (!inner.Push(batch)) break;
        }
    }

    sealed class JoinOperator(JoinStage stage, RunContext run, RowStore? rows = null) : Operator
    {
        RowStore? _right = rows;
        Dictionary<RowKey, List<int>>? _index;

        public override bool Push(Batch batch)
        {
            _right ??= SubsearchRows.Run(stage.Subsearch, run.Limits.JoinRows, run);
            _index ??= Index(_right);
            var keys = stage.Fields.Select(batch.Find).ToArray();
            var times = batch.Find("_time")?.Values;
            var left = new List<int>(batch.Count);
            var right = new List<int>(batch.Count);
            for (var row = 0; row < batch.Count; row++)
            {
                var matched = 0;
                if (Key(keys, row) is { } key && _index.TryGetValue(key, out var partners))
                {
                    foreach (var partner in partners)
                    {
                        if (stage.Most > 0 && matched == stage.Most) break;
                        if (stage.UsesTime && !InTime(times is null ? Value.Null : times[row], _right.Get("_time", partner))) continue;
                        left.Add(row);
                        right.Add(partner);
                        matched++;
                        if (left.Count < run.BatchSize) continue;
                        if (!PassOn(batch, left, right)) return false;
                    }
                }
                if (matched > 0 || !stage.KeepsUnmatched) continue;
                left.Add(row);
                right.Add(-1);
            }
            return left.Count == 0 || PassOn(batch, left, right);
        }

        bool PassOn(Batch batch, List<int> left, List<int> right)
        {
            var joined = batch.Select(left.ToArray());
            foreach (var name in _right!.Names)
            {
                var old = joined.Find(name)?.Values;
                // Internal fields of the row (_time, _raw) are its own.
                var keepsOld = !stage.Overwrites || name.StartsWith('_');
                var values = new Value[left.Count];
                for (var row = 0; row < values.Length; row++)
                {
                    var mine = old is null ? Value.Null : old[row];
                    var other = right[row] < 0 ? Value.Null : _right.Get(name, right[row]);
                    values[row] = other.IsNull || (keepsOld && !mine.IsNull) ? mine : other;
                }
                joined = joined.With(name, values);
            }
            left.Clear();
            right.Clear();
            return Next.Push(joined);
        }

        bool InTime(Value row, Value partner) =>
            row.TryNumber(out var mine) && partner.TryNumber(out var other) && (stage.IsEarlier ? other <= mine : other >= mine);

        Dictionary<RowKey, List<int>> Index(RowStore right)
        {
            var index = new Dictionary<RowKey, List<int>>();
            for (var row = 0; row < right.Count; row++)
            {
                var values = stage.Fields.Select(field => right.Get(field, row)).ToArray();
                if (Array.Exists(values, value => value.IsNull)) continue;
                var key = new RowKey(values);
                if (!index.TryGetValue(key, out var partners)) index[key] = partners = [];
                partners.Add(row);
            }
            return index;
        }

        static RowKey? Key(Column?[] columns, int row)
        {
            var values = new Value[columns.Length];
            for (var k = 0; k < values.Length; k++)
            {
                values[k] = columns[k] is { } column ? column.Values[row] : Value.Null;
                if (values[k].IsNull) return null;
            }
            return new RowKey(values);
        }
    }
}
