using Karst.App.Cataloguing;
using Karst.App.Options;
using Karst.Catalog;
using Karst.Catalog.Model;
using Karst.Engine.Knowledge.Apps;

namespace Karst.Units.Catalog;

/// <summary>The catalogue of the seed's rule within the rule collection beside the project, built once for all tests.</summary>
static class CorpusCatalog
{
    static readonly Lazy<(CatalogSources Sources, CatalogModel Model)> s_instance = new(static () =>
    {
        var sources = Sources([Path.Combine(SharedData.Root!, "seed"), Path.Combine(SharedData.Root!, "corpora/escu-2024-10/detections")]);
        return (sources, CatalogBuilder.Build(sources));
    });

    /// <summary>The model, or the test is skipped.</summary>
    public static CatalogModel Get()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        return s_instance.Value.Model;
    }

    /// <summary>What it was built from, or the test is skipped.</summary>
    public static CatalogSources GetSources()
    {
        Get();
        return s_instance.Value.Sources;
    }

    /// <summary>What the command line would build from.</summary>
    public static CatalogSources Sources(IReadOnlyList<string> paths, string? results = null, params string[] history) =>
        new CatalogInput(paths, results, history, new EventSettings { Paths = [], Apps = [] }).Load(new KnowledgeProblems());

    /// <summary>A rule by name.</summary>
    public static RuleEntry Rule(this CatalogModel model, string name) => model.Rules.Single(rule => rule.Card.Name == name);
}
