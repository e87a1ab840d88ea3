using Karst.Engine.Functions;
using Karst.App.Commands;

namespace Karst.App;

/// <summary>All verbs of the command line, in the order of the docs.</summary>
static class VerbTable
{
    static readonly Verb[] s_all =
    [
        new Commands.Catalog(),
        new Completion(),
        new Demo(),
        new Explain(),
        new Help(),
        new Hunt(),
        new Lint(),
        new Search(),
        new Test(),
    ];

    /// <summary>The verbs, sorted by name.</summary>
    public static IReadOnlyList<Verb> All => s_all;

    /// <summary>Finds a verb by name; null when there is none.</summary>
    public static Verb? Find(string name) => Array.Find(s_all, verb => verb.Name == name);

    /// <summary>The verb whose name is nearest to a mistyped one; null when none is near.</summary>
    public static string? Nearest(string name) => NearestName.Find(name, s_all.Select(static verb => verb.Name));
}
