using Karst.Engine.Knowledge.Apps;

namespace Karst.App.Explaining;

/// <summary>The rules that come with karst can be called by the name of their file.</summary>
static class Shipped
{
    static string Rules => System.IO.Path.Combine(ShippedContent.Folder, "rules");

    /// <summary>The path itself when something is there, else that of the shipped rule of this name, else the path.</summary>
    public static string Path(string rule)
    {
        if (System.IO.Path.Exists(rule) || rule != System.IO.Path.GetFileName(rule) || rule.Contains('*', StringComparison.Ordinal) || !Directory.Exists(Rules)) return rule;
        return Directory.EnumerateFiles(Rules, $"{rule}.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() ?? rule;
    }

    /// <summary>The name by which a shipped rule can be called; null for other files.</summary>
    public static string? NameOf(string path) =>
        System.IO.Path.GetFullPath(path).StartsWith(Rules + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? System.IO.Path.GetFileNameWithoutExtension(path) : null;
}
