namespace Karst.Spl;

/// <summary>A macro's definition; <see cref="Arguments"/> in order. Definition text may be a prefix of a search, a `| command`, or nothing.</summary>
public sealed record Macro(string Name, IReadOnlyList<string> Arguments, string Definition)
{
    /// <summary>The definition is an eval expression whose value is the text.</summary>
    public bool IsEval { get; init; }

    /// <summary>An eval expression over the arguments that must hold.</summary>
    public string? Validation { get; init; }

    /// <summary>What is said when validation fails.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>`name` or `name(2)`.</summary>
    public string Key => Arguments.Count == 0 ? Name : $"{Name}({Arguments.Count})";
}

/// <summary>Where macros come from: by key, `name` or `name(2)`; null when nobody defines it.</summary>
public interface IMacroSource
{
    /// <summary>Finds a macro.</summary>
    Macro? Find(string key);
}

/// <summary>A search with its macros expanded, the macros used, and the way back: a position in <see cref="Text"/> to one in the original.</summary>
public sealed record Expansion(string Text, IReadOnlyList<MacroCall> Used, IReadOnlyList<Diagnostic> Diagnostics, Func<int, int> ToOriginal)
{
    /// <summary>The way there: a position in the original to one in <see cref="Text"/>; that of a call is where its expansion begins.</summary>
    public Func<int, int> ToExpanded { get; init; } = static position => position;
}
