using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Runs a template once for each field of a list.</summary>
sealed class Foreach : Command
{
    public override string Name => "foreach";

    public override string Usage => "foreach [mode=multifield|multivalue|json_array] <field>... [<template>]";

    public override string Summary => "Runs the eval in brackets once for each field, each value of a field, or each element of a JSON array.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var names = new ForeachNames();
        var fields = new List<string>();
        var mode = "multifield";
        while (reader.Peek().Kind is not (TokenKind.Subsearch or TokenKind.End))
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (!reader.TryOption(out var name, out var value)) fields.Add(FieldArgument.Take(reader).Value);
            else
            {
                names = name switch
                {
                    "fieldstr" => names with { Field = value.Value },
                    "matchstr" => names with { Match = value.Value },
                    "matchseg1" or "matchseg2" or "matchseg3" => names with { Segments = [.. names.Segments.Select((old, i) => name[^1] - '1' == i ? value.Value : old)] },
                    "itemstr" => names with { Item = value.Value },
                    "iterstr" => names with { Iteration = value.Value },
                    "mode" => names,
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "mode", "fieldstr", "matchstr", "matchseg1", "matchseg2", "matchseg3", "itemstr", "iterstr"),
                };
                if (name == "mode")
                    mode = value.Value is "multifield" or "multivalue" or "json_array" ? value.Value : throw CommandErrors.BadValue(syntax, name, value, "`multifield`, `multivalue` or `json_array`");
            }
        }
        var inner = Subrows.TakeSyntax(reader);
        if (fields.Count == 0) throw CommandErrors.Missing(syntax, "a field name");
        var template = inner.Text.Substring(inner.Span.Start, inner.Span.Length);
        if (mode != "multifield") return Items(syntax, context, inner, fields, mode == "json_array", names);
        var stage = new ForeachStage(fields, template, names, text => context.BindPipeline(Parse(text))) { At = syntax.Span };
        // Bound once with stand-in names, so that what is wrong is said before anything runs.
        var trial = stage.BindFor("field", ["match", "match", "match"]);
        Check(trial, syntax, inner.Span);
        return stage with { Trial = trial };
    }

    static ForeachItemsStage Items(CommandSyntax syntax, BindContext context, SearchSyntax inner, List<string> fields, bool isJson, ForeachNames names)
    {
        if (fields.Count != 1 || FieldArgument.IsPattern(fields[0])) throw CommandErrors.Missing(syntax, $"one field with `mode={(isJson ? "json_array" : "multivalue")}`");
        var text = inner.Text.Substring(inner.Span.Start, inner.Span.Length);
        if (ForeachItemsStage.Rewrite(text, names.Item) is not { } rewritten || ForeachItemsStage.Rewrite(rewritten, names.Iteration) is not { } template) throw AsName(syntax, inner.Span);
        try
        {
            if (context.BindPipeline(Parse(template)).Stages is not [EvalStage stage])
                throw CommandErrors.Unsupported(syntax, "anything but one `eval`", inner.Span, "an `eval` may set several fields, with commas between");
            if (stage.Writes.Contains(names.Item) || stage.Writes.Contains(names.Iteration)) throw AsName(syntax, inner.Span);
            return new ForeachItemsStage(fields[0], isJson, names, stage) { At = syntax.Span };
        }
        catch (SplException error) when (error.Diagnostic.At != inner.Span)
        {
            // Its place is one in the text that was made of the template.
            throw new SplException(error.Diagnostic with { At = inner.Span });
        }
    }

    static SplException AsName(CommandSyntax syntax, Span at) => CommandErrors.Unsupported(syntax, "an item as the name of a field", at, "it stands for a value");

    static void Check(Plan template, CommandSyntax syntax, Span at)
    {
        if (template.Stages.FirstOrDefault(static inside => !inside.IsRowwise) is { } wrong)
            throw CommandErrors.Unsupported(syntax, $"`{wrong.Command}`, which looks at several rows,", at, "use `eval`");
    }

    static SearchSyntax Parse(string text)
    {
        // Without a pipe the first word would be something to search for.
        var parsed = SplParser.Parse(text.TrimStart().StartsWith('|') ? text : "| " + text);
        return parsed.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error
            ? throw new SplException(error)
            : parsed.Search;
    }
}

/// <summary>What stands in a template for a field's name and for what the wildcards of its pattern matched.</summary>
public sealed record ForeachNames
{
    /// <summary>The field's name.</summary>
    public string Field { get; init; } = "<<FIELD>>";

    /// <summary>All that the wildcards matched.</summary>
    public string Match { get; init; } = "<<MATCHSTR>>";

    /// <summary>What the first, second and third wildcard matched.</summary>
    public IReadOnlyList<string> Segments { get; init; } = ["<<MATCHSEG1>>", "<<MATCHSEG2>>", "<<MATCHSEG3>>"];

    /// <summary>A value of the field, or an element of its JSON array, where the template goes over these.</summary>
    public string Item { get; init; } = "<<ITEM>>";

    /// <summary>How many items came before.</summary>
    public string Iteration { get; init; } = "<<ITER>>";
}

/// <summary>A template run once for each field. Which fields a pattern finds is known only when all rows have come.</summary>
public sealed record ForeachStage(IReadOnlyList<string> Fields, string Template, ForeachNames Names, Func<string, Plan> BindTemplate) : Stage
{
    internal Plan Trial { get; init; } = new([]);

    /// <inheritdoc/>
    public override string Command => "foreach";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        // `<<MATCHSTR>>` can make the name of any field.
        if (Fields.Contains("*") || Template.Contains("<<MATCH", StringComparison.Ordinal) || Names.Match != "<<MATCHSTR>>") return FieldSet.All;
        var needed = after;
        foreach (var stage in Trial.Stages.Reverse()) needed = stage.Needs(needed);
        return needed.Union(after).With(Fields);
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ForeachOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"foreach {string.Join(' ', Fields)} [{Template.Trim()}]";

    internal Plan BindFor(string field, IReadOnlyList<string> segments)
    {
        var text = Template.Replace(Names.Field, field, StringComparison.Ordinal).Replace(Names.Match, string.Concat(segments), StringComparison.Ordinal);
        for (var i = 0; i < Names.Segments.Count; i++)
            text = text.Replace(Names.Segments[i], i < segments.Count ? segments[i] : "", StringComparison.Ordinal);
        return BindTemplate(text);
    }

    sealed class ForeachOperator(ForeachStage stage, RunContext run) : KeptRows("foreach", run)
    {
        protected override void GiveOut()
        {
            Operator pipeline = new Sink(batch => Next.Push(batch));
            foreach (var inner in Stages().AsEnumerable().Reverse())
            {
                var operation = inner.Open(Run);
                operation.Next = pipeline;
                pipeline = operation;
            }
            foreach (var batch in Rows.ToBatches(Run.BatchSize))
                if (!pipeline.Push(batch)) break;
            pipeline.Finish();
        }

        List<Stage> Stages()
        {
            var stages = new List<Stage>();
            var done = new HashSet<string>(StringComparer.Ordinal);
            foreach (var pattern in stage.Fields)
            {
                // By name: the order in which rows happened to have the fields first says nothing.
                var fields = FieldArgument.IsPattern(pattern)
                    ? Rows.Names.Where(name => FieldArgument.Covers(pattern, name) && Rows.HasField(name)).Order(StringComparer.Ordinal)
                    : Enumerable.Repeat(pattern, 1);
                foreach (var field in fields)
                    if (done.Add(field)) Add(stages, pattern, field);
            }
            return stages;
        }

        // Splunk passes over a field with which the template is no search, and warns.
        void Add(List<Stage> stages, string pattern, string field)
        {
            try
            {
                stages.AddRange(stage.BindFor(field, Wildcard.Capture(pattern, field) ?? []).Stages);
            }
            catch (SplException problem)
            {
                Run.Messages.Add("foreach-template", $"`foreach` passed over `{field}`: {problem.Diagnostic.Message}");
            }
        }
    }
}
