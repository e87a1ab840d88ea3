using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Puts rows in order.</summary>
sealed class Sort : Command
{
    public override string Name => "sort";

    public override string Usage => "sort [<count>] [-|+]<field> [, [-|+]<field>]... [desc]";

    public override string Summary => "Puts rows in the order of the named fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        int? count = null;
        if (reader.TryOption(out var name, out var value))
        {
            if (name is not ("limit" or "count")) throw CommandErrors.UnknownOption(syntax, name, value.Span, "limit");
            count = OptionValue.Whole(syntax, name, value);
        }
        else if (reader.Peek() is { Kind: TokenKind.Word } first && first.Text.All(char.IsAsciiDigit) && reader.Peek(1).Kind != TokenKind.End)
            count = OptionValue.Whole(syntax, "count", reader.Take());
        var keys = SortKey.TakeAll(reader);
        if (!reader.AtEnd && reader.Take().Text.StartsWith("d", StringComparison.OrdinalIgnoreCase))
            keys = [.. keys.Select(key => key with { Descending = !key.Descending })];
        reader.ExpectEnd();
        if (keys.Count == 0) throw CommandErrors.Missing(syntax, "a field to sort by");
        return new SortStage(keys, count) { At = syntax.Span };
    }
}

/// <summary>Rows in order, at most so many: null is the limit of the run, 0 is all.</summary>
public sealed record SortStage(IReadOnlyList<SortKey> Keys, int? Count) : Stage
{
    /// <inheritdoc/>
    public override string Command => "sort";

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    // Rows with equal keys keep the order in which they came.
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Keys.Select(key => key.Field));

    /// <inheritdoc/>
    public override Operator Open(RunContext run)
    {
        var sorting = new RowSorting("sort", Keys, Count ?? run.Limits.SortRows, run);
        return new SortingOperator(sorting, () =>
        {
            if (sorting.Dropped && Count is null) run.Messages.Add("sort-limit", $"`sort` kept the first {run.Limits.SortRows} rows; `sort 0` keeps all");
        });
    }

    /// <inheritdoc/>
    public override string Describe() => $"sort {(Count is { } count ? count + " " : "")}{string.Join(", ", Keys)}";
}
