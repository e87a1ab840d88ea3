using System.Buffers;
using System.Text;

namespace Karst.Catalog.Html.Writing;

/// <summary>
/// A file of the catalogue, by its path from the root: `rules/splunk/x/index.html`. Parts are of letters, digits, `-`, `_` and `.`, so that a
/// path cannot leave the folder and needs no escaping in a link.
/// </summary>
public readonly record struct Address
{
    static readonly SearchValues<char> s_permitted = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    readonly string? _path;

    /// <summary>Takes a path of safe parts; anything else is our fault.</summary>
    public Address(string path)
    {
        foreach (var part in path.Split('/'))
            if (part.Length == 0 || part.StartsWith('.') || part.EndsWith('.') || part.AsSpan().ContainsAnyExcept(s_permitted))
                throw new ArgumentException($"`{path}` is no path of a catalogue");
        _path = path;
    }

    /// <summary>The page of a folder: `events/x/` is `events/x/index.html`, said in full so that it opens from a folder of files too. Other addresses are files.</summary>
    public static Address Of(string address) => new(address.Length == 0 || address.EndsWith('/') ? address + "index.html" : address);

    /// <summary>The path from the root, parts separated by `/`.</summary>
    public string Path => _path ?? "index.html";

    /// <summary>The way from this file to the root: `../../`.</summary>
    public string Root => string.Concat(Enumerable.Repeat("../", Path.Count(character => character == '/')));

    /// <summary>The link to another file as seen from this one.</summary>
    public string RelativeTo(Address other)
    {
        var (from, to) = (Path, other.Path);
        var common = 0;
        for (var index = 0; index < Math.Min(from.Length, to.Length) && from[index] == to[index]; index++)
            if (from[index] == '/') common = index + 1;
        var result = new StringBuilder();
        for (var index = common; index < from.Length; index++)
            if (from[index] == '/') result.Append("../");
        return result.Append(to, common, to.Length - common).ToString();
    }
}
