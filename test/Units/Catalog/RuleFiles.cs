using System.Text.Json;
using Karst.Catalog;
using Karst.Catalog.Model;
using Karst.Catalog.Writing;

namespace Karst.Units.Catalog;

/// <summary>A folder of rules made for one test, and the catalogue of it.</summary>
sealed class RuleFiles : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("karst-catalog-").FullName;

    public string Folder => _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public RuleFiles Add(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>A rule with little but a search; the rest of its YAML can be added.</summary>
    public RuleFiles Rule(string name, string search, int id, int version = 1, string more = "") => Add($"rules/{id}-{version}.yml", $$"""
        name: {{JsonSerializer.Serialize(name)}}
        id: 00000000-0000-0000-0000-{{id:000000000000}}
        version: {{version}}
        status: production
        type: Anomaly
        description: d
        search: {{JsonSerializer.Serialize(search)}}
        {{more}}
        """);

    public CatalogModel Build(string? results = null, params string[] history) => CatalogBuilder.Build(CorpusCatalog.Sources([_folder], results, history));

    static readonly Lazy<SortedDictionary<string, byte[]>> s_corpus = new(static () => Written(CorpusCatalog.Get()));

    /// <summary>The files of the corpus' catalogue, or the test is skipped.</summary>
    public static SortedDictionary<string, byte[]> OfCorpus()
    {
        CorpusCatalog.Get();
        return s_corpus.Value;
    }

    /// <summary>The files that the JSON renderer makes of a model, by path.</summary>
    public static SortedDictionary<string, byte[]> Written(CatalogModel model)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in new JsonRenderer().Files(model))
        {
            using var stream = new MemoryStream();
            file.Write(stream);
            files.Add(file.Path, stream.ToArray());
        }
        return files;
    }
}
