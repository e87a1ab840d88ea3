using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the named fields, or takes them away.</summary>
sealed class Fields : Command
{
    public override string Name => "fields";

    public override string Usage => "fields [+|-] <field> [, <field>]...";

    public override string Summary => "Keeps the named fields, or with `-` takes them away.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var keeps = true;
        string? attached = null;
        if (reader.Peek() is { Kind: TokenKind.Word } first && (first.Text[0] is '+' or '-'))
        {
            var word = reader.Take().Text;
            keeps = word[0] == '+';
            if (word.Length > 1) attached = word[1..];
        }
        var names = FieldArgument.TakeRest(reader);
        if (attached is not null) names = [attached, .. names];
        if (names.Length == 0) throw CommandErrors.Missing(syntax, "a field name");
        return keeps ? new KeepFieldsStage(names) { At = syntax.Span } : new DropFieldsStage(names) { At = syntax.Span };
    }
}

/// <summary>`fields a b`: the named fields and, as Splunk does, `_raw` and `_time`.</summary>
public sealed record KeepFieldsStage(IReadOnlyList<string> Names) : Stage
{
    static readonly string[] s_internal = ["_raw", "_time"];

    /// <inheritdoc/>
    public override string Command => "fields";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Kept.Needed(Names, s_internal, after);

    /// <summary>What is kept is the same before.</summary>
    public override bool LetsThrough(FieldSet reads) =>
        !reads.IsOpen && reads.Names.All(field => s_internal.Contains(field) || Names.Any(name => FieldArgument.Covers(name, field)));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new KeepOperator([.. Names, .. s_internal]);

    /// <inheritdoc/>
    public override string Describe() => $"fields {string.Join(' ', Names)}";

    sealed class KeepOperator(string[] names) : Operator
    {
        public override bool Push(Batch batch) => Next.Push(new Batch(batch.Count, [.. FieldArgument.Pick(names, batch)]));
    }
}

/// <summary>`fields - a b`: all but the named fields.</summary>
public sealed record DropFieldsStage(IReadOnlyList<string> Names) : Stage
{
    /// <inheritdoc/>
    public override string Command => "fields";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Names);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.Without(after.Names.Where(Drops));

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new DropOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"fields - {string.Join(' ', Names)}";

    bool Drops(string field) => Names.Any(name => FieldArgument.Covers(name, field));

    sealed class DropOperator(DropFieldsStage stage) : Operator
    {
        public override bool Push(Batch batch)
        {
            var kept = new List<Column>(batch.Columns.Length);
            foreach (var column in batch.Columns)
                if (!stage.Drops(column.Name)) kept.Add(column);
            return Next.Push(kept.Count == batch.Columns.Length ? batch : new Batch(batch.Count, [.. kept]));
        }
    }
}

/// <summary>The fields that must be there when only some names are kept.</summary>
static class Kept
{
    internal static FieldSet Needed(IReadOnlyList<string> names, IReadOnlyList<string> always, FieldSet after)
    {
        if (after.IsOpen) return FieldSet.Of([.. names, .. always]);
        return FieldSet.Of(after.Names.Where(field => always.Contains(field) || names.Any(name => FieldArgument.Covers(name, field))));
    }
}
