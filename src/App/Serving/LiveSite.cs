using System.Collections.Frozen;
using Karst.Catalog.Html;
using Karst.Catalog.Writing;

namespace Karst.App.Serving;

/// <summary>What a request is answered with.</summary>
sealed record SiteAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body, string? Location = null);

/// <summary>A site in memory: files by path, written when they are asked for. A path is looked up and nothing else, so it cannot lead anywhere.</summary>
sealed class LiveSite
{
    readonly FrozenDictionary<string, CatalogFile> _files;
    readonly FrozenDictionary<string, Lazy<SiteAnswer>> _shared;

    /// <summary>Takes the files of a site. Those at its root are used by all pages: they are written once.</summary>
    public LiveSite(IEnumerable<CatalogFile> files)
    {
        _files = files.ToFrozenDictionary(static file => file.Path, StringComparer.Ordinal);
        _shared = _files.Values.Where(static file => !file.Path.Contains('/')).ToFrozenDictionary(static file => file.Path, static file => new Lazy<SiteAnswer>(() => Render(file)), StringComparer.Ordinal);
    }

    /// <summary>The answer for a path that begins with `/`. A folder's own page is its `index.html`; without the slash at its end it leads to the one with.</summary>
    public SiteAnswer Find(string path)
    {
        var name = path.StartsWith('/') ? path[1..] : path;
        if (name.Length == 0 || name.EndsWith('/')) name += "index.html";
        if (_shared.TryGetValue(name, out var shared)) return shared.Value;
        if (_files.TryGetValue(name, out var file)) return Render(file);
        // The path is one of ours, letter by letter: it can be sent back as it is.
        if (_files.ContainsKey(name + "/index.html")) return new SiteAnswer(308, "text/plain; charset=utf-8", default, $"/{name}/");
        return new SiteAnswer(404, TypeOf(".html"), HtmlRenderer.NotFound());
    }

    /// <summary>Renders a page of each kind for nobody.</summary>
    public void RenderOneOfEachKind()
    {
        foreach (var file in _files.Values.Where(static file => file.Path.EndsWith(".html", StringComparison.Ordinal)).DistinctBy(static file => (file.Path.Split('/')[0], file.Path.Count(static letter => letter == '/')))) Render(file);
    }

    static SiteAnswer Render(CatalogFile file)
    {
        using var body = new MemoryStream();
        file.Write(body);
        return new SiteAnswer(200, TypeOf(file.Path), body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/json",
    };
}
