using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Compares the rows of two searches (Splunk search reference, set).</summary>
sealed class Set : Command
{
    public override string Name => "set";

    public override string Usage => "set union|diff|intersect [<subsearch>] [<subsearch>]";

    public override string Summary => "Gives the rows that two searches have together, only one of them has, or both have.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw CommandErrors.MakesRows(syntax);
        var reader = new ArgumentReader(syntax);
        var word = reader.TakeField("`union`, `diff` or `intersect`");
        SetOperation operation = word.Value.ToLowerInvariant() switch
        {
            "union" => SetOperation.Union,
            "diff" => SetOperation.Diff,
            "intersect" => SetOperation.Intersect,
            _ => throw CommandErrors.BadValue(syntax, "the operation", word, "`union`, `diff` or `intersect`"),
        };
        var left = context.BindSubsearch(reader.TakeKind(TokenKind.Subsearch, "a search in brackets").Subsearch!);
        return new SetStage(operation, left, Subrows.Take(reader, context)) { At = syntax.Span };
    }
}

/// <summary>Rows of either, of one alone, of both.</summary>
public enum SetOperation { Union, Diff, Intersect }

/// <summary>The rows of two searches, each once. Rows are the same when all their fields are, internal ones too.</summary>
public sealed record SetStage(SetOperation Operation, Plan Left, Plan Right) : Stage
{
    /// <inheritdoc/>
    public override IReadOnlyList<Plan> SideSearches => [Left, Right];

    /// <inheritdoc/>
    public override string Command => "set";

    /// <inheritdoc/>
    public override bool IsGenerating => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.None;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new SetOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() =>
        $"set {Operation.ToString().ToLowerInvariant()} {Left.Describe()} {Right.Describe()}";

    sealed class SetOperator(SetStage stage, RunContext run) : KeptRows("set", run)
    {
        public override bool Push(Batch batch) => true;

        protected override void GiveOut()
        {
            var left = SubsearchRows.Run(stage.Left, Run.Limits.JoinRows, Run);
            var right = SubsearchRows.Run(stage.Right, Run.Limits.JoinRows, Run);
            string[] names = [.. left.Names.Union(right.Names)];
            var (inLeft, inRight) = (Keys(left, names), Keys(right, names));
            var seen = new HashSet<RowKey>();
            bool Is(RowKey key, HashSet<RowKey> other) => seen.Add(key) && stage.Operation switch
            {
                SetOperation.Union => true,
                SetOperation.Diff => !other.Contains(key),
                _ => other.Contains(key),
            };
            int[] fromLeft = [.. Enumerable.Range(0, left.Count).Where(row => Is(KeyOf(left, row, names), inRight))];
            int[] fromRight = [.. Enumerable.Range(0, right.Count).Where(row => Is(KeyOf(right, row, names), inLeft))];
            if (PassOn(left.ToBatches(fromLeft, Run.BatchSize))) PassOn(right.ToBatches(fromRight, Run.BatchSize));
        }

        static HashSet<RowKey> Keys(RowStore rows, string[] names) => [.. Enumerable.Range(0, rows.Count).Select(row => KeyOf(rows, row, names))];

        static RowKey KeyOf(RowStore rows, int row, string[] names) => new(Array.ConvertAll(names, name => rows.Get(name, row)));
    }
}
