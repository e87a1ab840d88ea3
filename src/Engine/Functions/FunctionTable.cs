namespace Karst.Engine.Functions;

/// <summary>All eval functions, in the order of the docs.</summary>
public static class FunctionTable
{
    static readonly Function[] s_all =
    [
    ];

    static readonly Dictionary<string, Function> s_byName = s_all.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The functions, sorted by name.</summary>
    public static IReadOnlyList<Function> All => s_all;

    /// <summary>Finds a function by its name, in any case; null when there is none.</summary>
    public static Function? Find(string name) => s_byName.GetValueOrDefault(name.ToLowerInvariant());
}
