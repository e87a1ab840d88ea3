using System.Collections.Concurrent;
using System.Text;
using Karst.App.Cataloguing;
using Karst.App.Options;
using Karst.Catalog;
using Karst.Catalog.Html;
using Karst.Catalog.Model;
using Karst.Catalog.Writing;
using Karst.Engine.Knowledge.Apps;

namespace Karst.Units.Catalog;

/// <summary>Catalogues in memory: their model and their files by path.</summary>
sealed class Sites
{
    static readonly Lazy<Sites> s_corpus = new(() => new Sites(Path.Combine(SharedData.Root!, "corpora", "escu-2024-10"), Path.Combine(SharedData.Root!, "seed")));
    static readonly Lazy<Sites> s_own = new(() => new Sites(Path.Combine(SharedData.Repository, "content", "rules")));

    readonly ConcurrentDictionary<string, byte[]> _written = new(StringComparer.Ordinal);

    /// <summary>Builds the catalogue of rule files and folders.</summary>
    public Sites(params string[] paths)
    {
        Model = CatalogBuilder.Build(new CatalogInput(paths, null, [], Settings()).Load(new KnowledgeProblems()), TestContext.Current.CancellationToken);
        Files = new HtmlRenderer().Files(Model).Concat(new JsonRenderer().Files(Model)).ToDictionary(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>The catalogue of the public collection and the seed's rule, or the test is skipped.</summary>
    public static Sites Corpus()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        return s_corpus.Value;
    }

    /// <summary>The catalogue of the rules that come with karst.</summary>
    public static Sites Own() => s_own.Value;

    public CatalogModel Model { get; }

    public Dictionary<string, CatalogFile> Files { get; }

    /// <summary>The paths of all pages.</summary>
    public IEnumerable<string> Pages => Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal));

    /// <summary>A file's bytes.</summary>
    public byte[] Bytes(string path) => _written.GetOrAdd(path, static (name, files) =>
    {
        using var output = new MemoryStream();
        files[name].Write(output);
        return output.ToArray();
    }, Files);

    /// <summary>A file's text.</summary>
    public string Text(string path) => Encoding.UTF8.GetString(Bytes(path));

    static EventSettings Settings() => new() { Paths = [] };
}
