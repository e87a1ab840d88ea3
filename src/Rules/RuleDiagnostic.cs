using Karst.Spl;

namespace Karst.Rules;

/// <summary>A diagnostic with the file that it is about; line and column count from 1.</summary>
public sealed record RuleDiagnostic(string Path, FilePlace At, Diagnostic Diagnostic)
{
    /// <summary>The rule, where its name is known.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Where it ends, for diagnostics about a stretch of text.</summary>
    public FilePlace? End { get; init; }

    /// <summary>The rule or the file cannot be used.</summary>
    public bool IsError => Diagnostic.Severity == Severity.Error;

    /// <summary>A warning that a setting is left out of account.</summary>
    public static RuleDiagnostic Ignored(string path, FilePlace at, string rule, string setting, string message) =>
        new(path, at, RuleErrors.Ignored(setting, message)) { Rule = rule };

    /// <summary>A diagnostic about the rule's search, whose span is one of <see cref="Rule.Search"/>.</summary>
    public static RuleDiagnostic InSearch(Rule rule, Diagnostic diagnostic) =>
        new(rule.Path, rule.SearchMap.Place(diagnostic.At.Start), diagnostic)
        {
            Rule = rule.Name,
            End = rule.SearchMap.Place(diagnostic.At.End),
        };
}
