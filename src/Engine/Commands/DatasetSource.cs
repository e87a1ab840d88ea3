using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Models;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Data models as the commands that read them need them: found by name, and as stages.</summary>
static class DatasetSource
{
    /// <summary>A model by its name; throws at the place of the name.</summary>
    internal static DataModel FindModel(string name, Span at, BindContext context)
    {
        try
        {
            return context.Knowledge.FindModel(name) ?? throw new SplException(KnowledgeErrors.NoModel(name, at));
        }
        catch (SplException error) when (error.Diagnostic.At.Length == 0)
        {
            throw new SplException(error.Diagnostic with { At = at });
        }
    }

    /// <summary>A model's dataset by name or path; the first one where none is named.</summary>
    internal static Dataset FindDataset(DataModel model, string? name, Span at) =>
        (name is not null ? model.Find(name) : model.Datasets.Count > 0 ? model.Datasets[0] : null) ?? throw new SplException(KnowledgeErrors.NoDataset(model, name ?? "", at));

    /// <summary>The search for a dataset's events with the dataset's own fields.</summary>
    internal static SearchSyntax Search(DataModel model, Dataset dataset, Span at, BindContext context) =>
        Parse(DatasetSearch.Text(Usable(model, dataset, at)), dataset, at, context);

    /// <summary>The stages that give a dataset's events with every field that they have: who reads them chooses.</summary>
    internal static IReadOnlyList<Stage> Events(DataModel model, Dataset dataset, Span at, BindContext context) =>
        context.Source(Parse(DatasetSearch.Events(Usable(model, dataset, at)), dataset, at, context));

    /// <summary>The stages that narrow the events of a root dataset to those of one beneath it, with its calculations.</summary>
    internal static IReadOnlyList<Stage> Beneath(DataModel model, Dataset dataset, Span at, BindContext context)
    {
        var commands = DatasetSearch.Commands([.. Usable(model, dataset, at).Skip(1)]);
        return commands.Count == 0 ? [] : context.BindPipeline(Parse(string.Join("\n| ", commands), dataset, at, context)).Stages;
    }

    static IReadOnlyList<Dataset> Usable(DataModel model, Dataset dataset, Span at)
    {
        var lineage = model.Lineage(dataset);
        return lineage.FirstOrDefault(part => part.Unsupported is not null) is { } refused
            ? throw new SplException(KnowledgeErrors.UnusableDataset(refused, at))
            : lineage;
    }

    static SearchSyntax Parse(string text, Dataset dataset, Span at, BindContext context)
    {
        var expanded = MacroExpander.Expand(text, context.Knowledge);
        var parsed = SplParser.Parse(expanded.Text);
        if (expanded.Diagnostics.Concat(parsed.Diagnostics).FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error)
            throw new SplException(error with { At = at, Message = $"the dataset `{dataset.Name}` cannot be searched: {error.Message}" });
        return parsed.Search;
    }
}
