using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives fields other names.</summary>
sealed class Rename : Command
{
    public override string Name => "rename";

    public override string Usage => "rename <field> AS <field> [, <field> AS <field>]...";

    public override string Summary => "Gives fields other names; a `*` in both names stands for the same text.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var renames = new List<Renaming>();
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            var from = FieldArgument.Take(reader);
            if (!reader.TryKeyword("as")) throw ArgumentReader.Error(SplErrors.Expected("`AS`", reader.Peek(), syntax));
            var to = FieldArgument.Take(reader);
            if (from.Value.Count(letter => letter == '*') != to.Value.Count(letter => letter == '*'))
                throw CommandErrors.UnequalStars(from.Value, to.Value, from.Span.To(to.Span));
            renames.Add(new Renaming(from.Value, to.Value));
        }
        if (renames.Count == 0) throw CommandErrors.Missing(syntax, "`<field> AS <field>`");
        return new RenameStage(renames) { At = syntax.Span };
    }
}

/// <summary>One `from AS to`; both with the same number of `*`.</summary>
public sealed record Renaming(string From, string To)
{
    /// <summary>The names have wildcards.</summary>
    public bool IsPattern => FieldArgument.IsPattern(From);

    /// <summary>The new name of a field, or null when it is not renamed.</summary>
    public string? Apply(string field) => Map(From, To, field);

    /// <summary>The old name of a field, or null when none becomes it.</summary>
    public string? Reverse(string field) => Map(To, From, field);

    static string? Map(string pattern, string template, string field)
    {
        if (!FieldArgument.IsPattern(pattern)) return pattern == field ? template : null;
        if (!FieldArgument.Covers(pattern, field)) return null;
        var captured = Wildcard.Capture(pattern, field)!;
        var parts = template.Split('*');
        return string.Concat(parts.Select((part, i) => i < captured.Length ? part + captured[i] : part));
    }
}

/// <summary>Renames, one after the other.</summary>
public sealed record RenameStage(IReadOnlyList<Renaming> Renames) : Stage
{
    /// <inheritdoc/>
    public override string Command => "rename";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Renames.SelectMany(rename => new[] { rename.From, rename.To }));

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        if (after.IsOpen) return FieldSet.All;
        var names = after.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var rename in Renames.Reverse())
        {
            foreach (var name in names.ToArray())
            {
                if (rename.Reverse(name) is not { } old) continue;
                // A wildcard leaves rows alone that lack the old field, so the new name may also be there already.
                if (!rename.IsPattern) names.Remove(name);
                names.Add(old);
            }
        }
        return FieldSet.Of(names);
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new RenameOperator(Renames);

    /// <inheritdoc/>
    public override string Describe() => $"rename {string.Join(", ", Renames.Select(rename => $"{rename.From} AS {rename.To}"))}";

    sealed class RenameOperator(IReadOnlyList<Renaming> renames) : Operator
    {
        public override bool Push(Batch batch)
        {
            var columns = new List<Column>(batch.Columns.Length);
            columns.AddRange(batch.Columns);
            foreach (var rename in renames)
            {
                if (rename.From == rename.To) continue;
                if (rename.IsPattern) ApplyPattern(rename, columns, batch.Count);
                else Apply(rename, columns);
            }
            return Next.Push(batch.WithColumns([.. columns]));
        }

        // Splunk: when the field is missing, one that has the new name already loses its values.
        static void Apply(Renaming rename, List<Column> columns)
        {
            columns.RemoveAll(column => column.Name == rename.To);
            var at = columns.FindIndex(column => column.Name == rename.From);
            if (at >= 0) columns[at] = new Column(rename.To, columns[at].Values);
        }

        // Which fields a wildcard finds must not depend on the rows around: a row without the old field keeps what it has under the new name.
        static void ApplyPattern(Renaming rename, List<Column> columns, int count)
        {
            foreach (var column in columns.ToArray())
            {
                if (rename.Apply(column.Name) is not { } name || name == column.Name) continue;
                var values = column.Values;
                var target = columns.FindIndex(other => other.Name == name);
                if (target >= 0)
                {
                    var kept = columns[target].Values;
                    values = new Value[count];
                    for (var row = 0; row < count; row++) values[row] = column.Values[row].IsNull ? kept[row] : column.Values[row];
                    columns.RemoveAt(target);
                }
                var at = columns.IndexOf(column);
                if (at >= 0) columns[at] = new Column(name, values);
            }
        }
    }
}
