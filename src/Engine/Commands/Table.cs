using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the named fields only, as columns in the order given.</summary>
sealed class Table : Command
{
    public override string Name => "table";

    public override string Usage => "table <field> [, <field>]...";

    public override string Summary => "Keeps the named fields only, as columns in the order given.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var names = FieldArgument.TakeRest(new ArgumentReader(syntax));
        if (names.Length == 0) throw CommandErrors.Missing(syntax, "a field name");
        return new TableStage(names) { At = syntax.Span };
    }
}

/// <summary>Only the named fields; internal ones too only when named.</summary>
public sealed record TableStage(IReadOnlyList<string> Names) : Stage
{
    /// <inheritdoc/>
    public override string Command => "table";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Kept.Needed(Names, [], after);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TableOperator([.. Names]);

    /// <inheritdoc/>
    public override string Describe() => $"table {string.Join(' ', Names)}";

    sealed class TableOperator(string[] names) : Operator
    {
        public override bool Push(Batch batch)
        {
            var columns = new List<Column>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in names)
            {
                // A named column is shown even when no row has it.
                if (!FieldArgument.IsPattern(name) && seen.Add(name))
                    columns.Add(new Column(name, batch.Find(name)?.Values ?? new Value[batch.Count]) { IsShown = true });
                foreach (var column in FieldArgument.Pick([name], batch))
                    if (seen.Add(column.Name)) columns.Add(column);
            }
            return Next.Push(new Batch(batch.Count, [.. columns]));
        }
    }
}
