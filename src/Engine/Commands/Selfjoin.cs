using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Joins rows with others of the same search (Splunk search reference, selfjoin).</summary>
sealed class Selfjoin : Command
{
    public override string Name => "selfjoin";

    public override string Usage => "selfjoin [overwrite=<bool>] [max=<count>] [keepsingle=<bool>] <field> ...";

    public override string Summary => "Joins each row with other rows that have the same values in some fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new SelfjoinStage([]) { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "overwrite" => stage with { Overwrites = OptionValue.Bool(syntax, name, value) },
                    "max" => stage with { Most = OptionValue.Whole(syntax, name, value) },
                    "keepsingle" => stage with { KeepsSingle = OptionValue.Bool(syntax, name, value) },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "overwrite", "max", "keepsingle"),
                };
            }
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else
            {
                var field = FieldArgument.TakePlain(reader);
                stage = stage with { Fields = [.. stage.Fields, field.Value] };
            }
        }
        return stage.Fields.Count == 0 ? throw CommandErrors.Missing(syntax, "a field to join by") : stage;
    }
}

/// <summary>Each row with the others of its key, in the order of the rows. Rows without one of the fields are dropped.</summary>
public sealed record SelfjoinStage(IReadOnlyList<string> Fields) : Stage
{
    /// <summary>The other row's values win.</summary>
    public bool Overwrites { get; init; } = true;

    /// <summary>With how many others a row is joined at most; 0 is all.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Rows whose key no other has are kept.</summary>
    public bool KeepsSingle { get; init; }

    /// <inheritdoc/>
    public override string Command => "selfjoin";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SelfjoinOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"selfjoin max={Most} {string.Join(' ', Fields)}";

    sealed class SelfjoinOperator(SelfjoinStage stage, RunContext run) : KeptRows("selfjoin", run)
    {
        protected override void GiveOut()
        {
            var groups = new Dictionary<RowKey, List<int>>();
            for (var row = 0; row < Rows.Count; row++)
                if (KeyOf(row) is { } key && !groups.TryAdd(key, [row])) groups[key].Add(row);
            PassOn(Batches(groups));
        }

        RowKey? KeyOf(int row)
        {
            var values = stage.Fields.Select(field => Rows.Get(field, row)).ToArray();
            return Array.Exists(values, value => value.IsNull) ? null : new RowKey(values);
        }

        IEnumerable<Batch> Batches(Dictionary<RowKey, List<int>> groups)
        {
            var pairs = new List<(int Main, int Other)>(Run.BatchSize);
            for (var row = 0; row < Rows.Count; row++)
            {
                if (KeyOf(row) is not { } key) continue;
                var group = groups[key];
                if (group.Count == 1 && stage.KeepsSingle) pairs.Add((row, row));
                var joined = 0;
                foreach (var other in group)
                {
                    if (other == row) continue;
                    pairs.Add((row, other));
                    if (pairs.Count == Run.BatchSize) yield return Joined(pairs);
                    if (++joined == stage.Most) break;
                }
                if (pairs.Count == Run.BatchSize) yield return Joined(pairs);
            }
            if (pairs.Count > 0) yield return Joined(pairs);
        }

        Batch Joined(List<(int Main, int Other)> pairs)
        {
            Run.ThrowIfCancelled();
            // Internal fields of the row (_time, _raw) are its own.
            var columns = Rows.Names.Select(name => new Column(name, [.. pairs.Select(pair =>
            {
                var (mine, other) = (Rows.Get(name, pair.Main), Rows.Get(name, pair.Other));
                return other.IsNull || ((!stage.Overwrites || name.StartsWith('_')) && !mine.IsNull) ? mine : other;
            })])).ToArray();
            var batch = new Batch(pairs.Count, columns);
            pairs.Clear();
            return batch;
        }
    }
}
