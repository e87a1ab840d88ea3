using Karst.Spl;

namespace Karst.Rules;

/// <summary>The macro at the end of each rule of a collection, which nobody defines until a user filters: `search *` by itself.</summary>
public static class FilterMacro
{
    /// <summary>What it stands for while nobody defines it.</summary>
    public const string Definition = "search *";

    /// <summary>The macro is the rule's own: its name, or its file's, in lower case with `_` for other characters, and `_filter`.</summary>
    public static bool Belongs(string macro, Rule rule) =>
        macro.EndsWith("_filter", StringComparison.OrdinalIgnoreCase)
        && (Same(macro, rule.Name) || Same(macro, Path.GetFileNameWithoutExtension(rule.Path)));

    // Runs of `_` count as one: collections differ in how they write ` - `.
    static bool Same(string macro, string name) => Squeeze(macro.AsSpan(0, macro.Length - "_filter".Length)) == Squeeze(name);

    static string Squeeze(ReadOnlySpan<char> text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character)) result.Append(char.ToLowerInvariant(character));
            else if (result.Length > 0 && result[^1] != '_') result.Append('_');
        }
        while (result.Length > 0 && result[^1] == '_') result.Length--;
        return result.ToString();
    }
}

/// <summary>The macros that one rule sees: those of a source, and its own filter macro.</summary>
public sealed class RuleMacros(Rule rule, IMacroSource macros) : IMacroSource
{
    /// <inheritdoc/>
    public Macro? Find(string key) =>
        macros.Find(key) ?? (rule.IsFilterMacro(key) ? new Macro(key, [], FilterMacro.Definition) : null);
}

/// <summary>No macros at all.</summary>
public sealed class NoMacros : IMacroSource
{
    /// <summary>The one there is.</summary>
    public static NoMacros Instance { get; } = new();

    /// <inheritdoc/>
    public Macro? Find(string key) => null;
}
