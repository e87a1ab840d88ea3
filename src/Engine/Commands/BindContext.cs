using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>What commands see while they are bound: knowledge, clock, limits, and the way to bind a subsearch.</summary>
public sealed class BindContext
{
    /// <summary>Lookups, data models, event types, tags.</summary>
    public required IKnowledge Knowledge { get; init; }

    /// <summary>The start of the search in epoch seconds.</summary>
    public required double Now { get; init; }

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>The command is the first of its (sub)search.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Binds the search within brackets to a plan of its own.</summary>
    public required Func<SearchSyntax, Plan> BindSubsearch { get; init; }

    /// <summary>Binds a search whose stages become the beginning of the outer one (`from`): no pass has run over it.</summary>
    public Func<SearchSyntax, Plan>? BindSource { get; init; }

    /// <summary>Binds the pipeline of a subsearch that runs on the rows of the outer one (appendpipe): no source is added.</summary>
    public required Func<SearchSyntax, Plan> BindPipeline { get; init; }

    /// <summary>
    /// As <see cref="BindSource"/>, for a search given as text, macros included (`savedsearch`); throws <see cref="SplException"/> whose place is one in that text.
    /// </summary>
    public Func<string, Plan>? BindSourceText { get; init; }

    /// <summary>How many searches given as text this one lies within: who binds a text has a limit for it.</summary>
    public int TextDepth { get; init; }

    /// <summary>Warnings found while binding.</summary>
    public List<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The stages of a search that becomes the beginning of the outer one.</summary>
    public IReadOnlyList<Stage> Source(SearchSyntax search) => (BindSource ?? BindSubsearch)(search).Stages;

    /// <summary>Binds an eval expression that stands in the command's source.</summary>
    public BoundExpression BindEval(EvalExpression expression) => ExpressionBinder.Bind(expression);
}
