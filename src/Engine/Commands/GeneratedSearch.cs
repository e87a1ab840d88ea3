using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Commands that stand for a search which can be written down.</summary>
static class GeneratedSearch
{
    /// <summary>The stages of a search that reads events.</summary>
    internal static IReadOnlyList<Stage> Bind(string text, BindContext context) => context.Source(SplParser.Parse(text).Search);

    /// <summary>A filter for any of the indexes; all events where none is named.</summary>
    internal static string Indexes(IReadOnlyList<Token> indexes) =>
        indexes.Count == 0 ? "search *" : $"search {string.Join(" OR ", indexes.Select(index => $"index={Printed(index.Value)}"))}";

    /// <summary>A value between quotes.</summary>
    internal static string Printed(string value) => $"\"{Quoting.Escape(value)}\"";

    internal static SplException NotFirst(CommandSyntax syntax) =>
        new(new Diagnostic("KNW012", $"`{syntax.Name}` gives rows of its own and can only be the first command", syntax.NameSpan, $"begin the search, or a subsearch, with `| {syntax.Name}`"));
}
