using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the first rows of each combination of values.</summary>
sealed class Dedup : Command
{
    public override string Name => "dedup";

    public override string Usage => "dedup [<count>] <field>... [keepevents=<bool>] [keepempty=<bool>] [consecutive=<bool>] [sortby [-|+]<field>...]";

    public override string Summary => "Keeps the first row of each combination of values.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new DedupStage([], 1) { At = syntax.Span };
        var fields = new List<string>();
        var sort = new List<SortKey>();
        while (!reader.AtEnd)
        {
            if (reader.Peek() is { Kind: TokenKind.Word } word && fields.Count == 0 && word.Text.All(char.IsAsciiDigit))
                stage = stage with { Count = OptionValue.Whole(syntax, "count", reader.Take(), 1) };
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "keepevents" => stage with { KeepsEvents = OptionValue.Bool(syntax, name, value) },
                    "keepempty" => stage with { KeepsEmpty = OptionValue.Bool(syntax, name, value) },
                    "consecutive" => stage with { IsConsecutive = OptionValue.Bool(syntax, name, value) },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "keepevents", "keepempty", "consecutive"),
                };
            }
            else if (reader.TryKeyword("sortby"))
            {
                sort = SortKey.TakeAll(reader);
                if (sort.Count == 0) throw CommandErrors.Missing(syntax, "a field behind `sortby`");
                if (!reader.AtEnd && reader.Take().Text.StartsWith("d", StringComparison.OrdinalIgnoreCase))
                    sort = [.. sort.Select(key => key with { Descending = !key.Descending })];
            }
            else
            {
                var field = FieldArgument.TakePlain(reader);
                if (!fields.Contains(field.Value)) fields.Add(field.Value);
            }
        }
        if (fields.Count == 0) throw CommandErrors.Missing(syntax, "a field name");
        return stage with { Keys = fields, SortBy = sort };
    }
}

/// <summary>The first <see cref="Count"/> rows of each combination of the keys' values.</summary>
public sealed record DedupStage(IReadOnlyList<string> Keys, int Count) : Stage
{
    /// <summary>Later rows stay too, but lose the keys.</summary>
    public bool KeepsEvents { get; init; }

    /// <summary>Rows that lack a key stay.</summary>
    public bool KeepsEmpty { get; init; }

    /// <summary>Only equal rows that follow each other count as duplicates.</summary>
    public bool IsConsecutive { get; init; }

    /// <summary>The order in which rows are looked at, and come out.</summary>
    public IReadOnlyList<SortKey> SortBy { get; init; } = [];

    /// <inheritdoc/>
    public override string Command => "dedup";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => SortBy.Count > 0;

    /// <inheritdoc/>
    public override FieldSet Writes => KeepsEvents ? FieldSet.Of(Keys) : FieldSet.None;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Keys).With(SortBy.Select(key => key.Field));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) =>
        SortBy.Count == 0 ? new DedupOperator(this, run) : new SortedDedupOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"dedup {(Count > 1 ? Count + " " : "")}{string.Join(' ', Keys)}";

    sealed class SortedDedupOperator(DedupStage stage, RunContext run) : Operator
    {
        readonly RowSorting _sorting = new("dedup", stage.SortBy, 0, run);

        public override bool Push(Batch batch)
        {
            _sorting.Add(batch);
            return true;
        }

        public override void Finish()
        {
            var inner = new DedupOperator(stage, run) { Next = new Sink(batch => Next.Push(batch)) };
            foreach (var batch in _sorting.Sorted())
                if (!inner.Push(batch)) break;
            _sorting.Close();
            inner.Finish();
            Next.Finish();
        }
    }
}
