using Karst.Rules;
using Karst.Rules.Escu;

namespace Karst.Catalog.Building;

/// <summary>The path of a rule's file as pages show it: beneath its collection, else the file's name. Nothing of the machine stands in it.</summary>
static class SourcePaths
{
    public static string Of(Rule rule) => Of(rule.Path);

    public static string Of(string path) =>
        EscuContent.Find(path) is { } root ? Path.GetRelativePath(root, Path.GetFullPath(path)).Replace('\\', '/') : Path.GetFileName(path);
}
