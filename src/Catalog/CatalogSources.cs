using Karst.Catalog.Model;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Rules.Escu;

namespace Karst.Catalog;

/// <summary>What a catalogue is built from.</summary>
public sealed record CatalogSources
{
    /// <summary>The rules, all versions of one id among them.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>Rules that can only be shown.</summary>
    public IReadOnlyList<ListedRule> Listed { get; init; } = [];

    /// <summary>What was wrong with files.</summary>
    public IReadOnlyList<RuleDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>Rules of older folders, for histories only.</summary>
    public IReadOnlyList<Rule> Older { get; init; } = [];

    /// <summary>The knowledge that a rule's search is bound with. Called from several threads.</summary>
    public required Func<Rule, IKnowledge> KnowledgeOf { get; init; }

    /// <summary>The collections that the rules lie in: what they say of stories and data sources.</summary>
    public IReadOnlyList<EscuContent> Collections { get; init; } = [];

    /// <summary>Results of the rules' tests.</summary>
    public IReadOnlyList<TestRecord> Results { get; init; } = [];

    /// <summary>ATT&amp;CK's techniques.</summary>
    public required AttackTable Attack { get; init; }

    /// <summary>Which logs have which events.</summary>
    public required EventTable Events { get; init; }

    /// <summary>Splunk's limits.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>The user's zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>A line of `karst test --json`: which test of which rule it is about, and its result.</summary>
public sealed record TestRecord(string Rule, string Id, string Test, TestResultRow Result);
