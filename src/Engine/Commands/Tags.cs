using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Looks up the tags of fields' values (Splunk search reference, tags).</summary>
sealed class Tags : Command
{
    public override string Name => "tags";

    public override string Usage => "tags [outputfield=<field>] [inclname=<bool>] [inclvalue=<bool>] [allowed_tags=<tags>] [<field> ...]";

    public override string Summary => "Writes the tags of fields' values beside them.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new TagsStage(context.Knowledge, []) { At = syntax.Span };
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "outputfield" => stage with { Target = value.Value },
                    "inclname" => stage with { WithName = OptionValue.Bool(syntax, name, value) },
                    "inclvalue" => stage with { WithValue = OptionValue.Bool(syntax, name, value) },
                    "allowed_tags" => stage with { Allowed = value.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "outputfield", "inclname", "inclvalue", "allowed_tags"),
                };
            }
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else fields.Add(FieldArgument.TakePlain(reader).Value);
        }
        return stage with { Fields = fields };
    }
}

/// <summary>
/// The tags of values: those of each field in `tag::field` and all of them in `tags`, or all in <see cref="Target"/>. Without fields, those of every field that is not internal.
/// </summary>
public sealed record TagsStage(IKnowledge Knowledge, IReadOnlyList<string> Fields) : Stage
{
    /// <summary>The one field that takes all tags; null is one for each.</summary>
    public string? Target { get; init; }

    /// <summary>Tags in <see cref="Target"/> have the field's name before them.</summary>
    public bool WithName { get; init; }

    /// <summary>Tags in <see cref="Target"/> have the value before them.</summary>
    public bool WithValue { get; init; }

    /// <summary>Tags that count; null is all.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    /// <inheritdoc/>
    public override string Command => "tags";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => Target is not null ? FieldSet.Of(Target) : Fields.Count == 0 ? FieldSet.Of("tags", "tag::*") : FieldSet.Of([.. Fields.Select(name => $"tag::{name}"), "tags"]);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => Fields.Count == 0 ? FieldSet.All : after.With(Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TagsOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"tags {string.Join(' ', Fields)}";

    sealed class TagsOperator(TagsStage stage) : Operator
    {
        public override bool Push(Batch batch)
        {
            var all = new List<Value>?[batch.Count];
            var result = batch;
            foreach (var column in batch.Columns)
            {
                if (stage.Fields.Count == 0 ? column.Name.StartsWith('_') || column.Name is "tag" or "tags" || column.Name.StartsWith("tag::", StringComparison.Ordinal) : !stage.Fields.Contains(column.Name)) continue;
                var own = new Value[batch.Count];
                for (var row = 0; row < own.Length; row++)
                {
                    var tags = Of(column.Name, column.Values[row]);
                    own[row] = Value.FromMany(tags.Select(tag => Value.FromText(tag.Tag)).Distinct().ToList());
                    foreach (var (value, tag) in tags) Add(ref all[row], Value.FromText(stage.Target is null ? tag : Label(column.Name, value, tag)));
                }
                if (stage.Target is null && Array.Exists(own, value => !value.IsNull)) result = result.With($"tag::{column.Name}", own);
            }
            var together = Array.ConvertAll(all, tags => tags is null ? Value.Null : Value.FromMany(tags));
            return Next.Push(result.With(stage.Target ?? "tags", together));
        }

        List<(string Value, string Tag)> Of(string field, Value value)
        {
            var tags = new List<(string, string)>();
            for (var i = 0; i < value.Count; i++)
                foreach (var tag in stage.Knowledge.FindTags(field, value[i].ToString()))
                    if (stage.Allowed is null || stage.Allowed.Contains(tag)) tags.Add((value[i].ToString(), tag));
            return tags;
        }

        string Label(string field, string value, string tag) => $"{(stage.WithName ? field + "::" : "")}{(stage.WithValue ? value + "::" : "")}{tag}";

        static void Add(ref List<Value>? tags, Value tag)
        {
            tags ??= [];
            if (!tags.Contains(tag)) tags.Add(tag);
        }
    }
}
