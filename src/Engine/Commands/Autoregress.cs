using System.Globalization;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Copies values of earlier rows (Splunk search reference, autoregress).</summary>
sealed class Autoregress : Command
{
    // Each place is a column; more would only be a slip of the pen.
    const int MostPlaces = 10_000;

    public override string Name => "autoregress";

    public override string Usage => "autoregress <field> [AS <newfield>] [p=<int>|p=<int>-<int>]";

    public override string Summary => "Copies a field's values of earlier rows into each row.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var (first, last, isRange) = (1, 1, false);
        var (field, target) = RenamedField.TakeAll(syntax, new ArgumentReader(syntax), (name, value) =>
        {
            if (name != "p") throw CommandErrors.UnknownOption(syntax, name, value.Span, "p");
            var parts = value.Value.Split('-');
            isRange = parts.Length == 2;
            if (parts.Length > 2 || !Place(parts[0], out first) || !Place(parts[^1], out last) || first > last)
                throw CommandErrors.BadValue(syntax, name, value, $"a whole number or a range such as `1-3`, up to {MostPlaces}");
        });
        if (isRange && target is { } newField)
            throw CommandErrors.Unsupported(syntax, "one new name for a range", newField.Span, $"without `AS` the fields are named `{field.Value}_p{first}` and so on");
        var targets = Enumerable.Range(first, last - first + 1).Select(place => target?.Value ?? $"{field.Value}_p{place}").ToList();
        return new AutoregressStage(field.Value, first, targets) { At = syntax.Span };
    }

    static bool Place(string text, out int place) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out place) && place is > 0 and <= MostPlaces;
}

/// <summary>The values of the row <paramref name="First"/> places back and of those before it, one field each.</summary>
public sealed record AutoregressStage(string Field, int First, IReadOnlyList<string> Targets) : Stage
{
    /// <inheritdoc/>
    public override string Command => "autoregress";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Targets);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new CopyOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"autoregress {Field} AS {string.Join(' ', Targets)} p={First}-{First + Targets.Count - 1}";

    sealed class CopyOperator(AutoregressStage stage) : Operator
    {
        readonly RowsBack _earlier = new(stage.First + stage.Targets.Count - 1);

        public override bool Push(Batch batch)
        {
            var column = batch.Find(stage.Field)?.Values;
            var copies = new Value[stage.Targets.Count][];
            for (var copy = 0; copy < copies.Length; copy++) copies[copy] = new Value[batch.Count];
            for (var row = 0; row < batch.Count; row++)
            {
                for (var copy = 0; copy < copies.Length; copy++) copies[copy][row] = _earlier.At(stage.First + copy);
                _earlier.Add(column is null ? Value.Null : column[row]);
            }
            for (var copy = 0; copy < copies.Length; copy++)
                if (batch.Find(stage.Targets[copy]) is not null || Array.Exists(copies[copy], value => !value.IsNull))
                    batch = batch.With(stage.Targets[copy], copies[copy]);
            return Next.Push(batch);
        }
    }
}
