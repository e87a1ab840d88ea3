using Karst.Spl;

namespace Karst.Catalog.Model;

/// <summary>All that a rule's page says. Of a rule that is not Splunk's, what its analysis would say is empty.</summary>
public sealed record RuleEntry
{
    /// <summary>The rule as lists show it: name, address, id, platform, status, type, techniques.</summary>
    public required RuleCard Card { get; init; }

    /// <summary>The rule's version.</summary>
    public int Version { get; init; }

    /// <summary>Who wrote it.</summary>
    public string Author { get; init; } = "";

    /// <summary>YYYY-MM-DD, as the file has it.</summary>
    public string CreationDate { get; init; } = "";

    /// <summary>YYYY-MM-DD, as the file has it.</summary>
    public string ModificationDate { get; init; } = "";

    /// <summary>What it finds.</summary>
    public string Description { get; init; } = "";

    /// <summary>What has to be there before it works.</summary>
    public string HowToImplement { get; init; } = "";

    /// <summary>What it finds in error.</summary>
    public string KnownFalsePositives { get; init; } = "";

    /// <summary>Addresses to read on, as the file has them: anything, until it is checked to be http(s).</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The file's path beneath the folder that was given, with `/`.</summary>
    public required string Source { get; init; }

    /// <summary>One row a tactic and technique.</summary>
    public IReadOnlyList<AttackRow> Attack { get; init; } = [];

    /// <summary>What it watches.</summary>
    public IReadOnlyList<EventRow> Events { get; init; } = [];

    /// <summary>Why <see cref="Events"/> is empty; null when it is not.</summary>
    public string? NoEvents { get; init; }

    /// <summary>Other rules that watch the same events: those of the same platform first.</summary>
    public IReadOnlyList<SameActionRow> SameAction { get; init; } = [];

    /// <summary>The file's text, and which stretches of it are what.</summary>
    public required RuleBody Body { get; init; }

    /// <summary>The search as written; empty when the rule has none that Karst reads.</summary>
    public string Search { get; init; } = "";

    /// <summary>One stage a command of the search.</summary>
    public IReadOnlyList<StageEntry> Stages { get; init; } = [];

    /// <summary>Field, kind, values with their corpus counts.</summary>
    public IReadOnlyList<IndicatorEntry> Indicators { get; init; } = [];

    /// <summary>Conditions that no predicate stands for, each with the reason.</summary>
    public IReadOnlyList<UnanalyzedEntry> Unanalyzed { get; init; } = [];

    /// <summary>The fields that the search reads of events, and where each comes from.</summary>
    public IReadOnlyList<FieldNeed> FieldsNeeded { get; init; } = [];

    /// <summary>Data models, `Endpoint.Processes`.</summary>
    public IReadOnlyList<string> DataModels { get; init; } = [];

    /// <summary>The finding that a hit is; null for rules that have none.</summary>
    public FindingEntry? Finding { get; init; }

    /// <summary>The entities that a hit names beside the finding's.</summary>
    public IReadOnlyList<EntityRow> Entities { get; init; } = [];

    /// <summary>Fields with a threat's traces, as (field, kind).</summary>
    public IReadOnlyList<ThreatObjectRow> ThreatObjects { get; init; } = [];

    /// <summary>Searches to look further with.</summary>
    public IReadOnlyList<DrilldownEntry> Drilldowns { get; init; } = [];

    /// <summary>What lint says, in the order of the places.</summary>
    public IReadOnlyList<LintEntry> Lint { get; init; } = [];

    /// <summary>This version of Karst can run the search exactly.</summary>
    public bool Runs { get; init; }

    /// <summary>The rule's own tests.</summary>
    public IReadOnlyList<TestEntry> Tests { get; init; } = [];

    /// <summary>A test of the rule ran here and passed, and none failed.</summary>
    public bool IsProven { get; init; }

    /// <summary>Older versions, the newest first.</summary>
    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    /// <summary>Analytic stories.</summary>
    public IReadOnlyList<PageLink> Stories { get; init; } = [];

    /// <summary>Data sources as the file names them.</summary>
    public IReadOnlyList<PageLink> DataSources { get; init; } = [];

    /// <summary>The macros that the search calls, inner ones too, by key, with their definitions.</summary>
    public IReadOnlyList<MacroUse> Macros { get; init; } = [];

    /// <summary>The lookups that the search names.</summary>
    public IReadOnlyList<PageLink> Lookups { get; init; } = [];

    /// <summary>What is looked after.</summary>
    public string AssetType { get; init; } = "";

    /// <summary>access, endpoint, network, ...</summary>
    public string SecurityDomain { get; init; } = "";

    /// <summary>application, cloud, endpoint, network, web.</summary>
    public string Category { get; init; } = "";

    /// <summary>Products that it is made for.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Vulnerabilities.</summary>
    public IReadOnlyList<string> Cves { get; init; } = [];

    /// <summary>The address of the rule's own Navigator layer, a file; null when it names no known technique.</summary>
    public string? Layer { get; init; }

    /// <summary>The command line that runs it over a folder of logs; null when it cannot run.</summary>
    public string? Command { get; init; }
}

/// <summary>A technique under one tactic. <see cref="Status"/>: `active`, `deprecated`, `revoked`, `unknown`; <see cref="Successor"/> is what stands for a revoked one.</summary>
public sealed record AttackRow(string Tactic, string Id, string Name, string Status)
{
    /// <summary>Its page; an unknown technique has one too.</summary>
    public required string Address { get; init; }

    /// <summary>The technique that took its place.</summary>
    public PageLink? Successor { get; init; }
}

/// <summary>
/// A provider and one of its events; `_catch_all` where the rule names the service only. <see cref="Origin"/>: `predicates`, `data_model` or `data_source`.
/// </summary>
public sealed record EventRow(string Provider, string Event, string Origin)
{
    /// <summary>The event's title, where our own table has one.</summary>
    public string? Title { get; init; }

    /// <summary>The data model or data source that it follows from.</summary>
    public string? Because { get; init; }

    /// <summary>The event's page.</summary>
    public required string Address { get; init; }

    /// <summary>The provider's page.</summary>
    public required string ProviderAddress { get; init; }
}

/// <summary>Another rule that watches the same provider and event; <see cref="Events"/> are those that both watch, as `Provider Event`.</summary>
public sealed record SameActionRow(RuleCard Rule, IReadOnlyList<string> Events, bool SamePlatform);

/// <summary>The rule file as text, and the stretches of it that are SPL, in order and without overlap.</summary>
public sealed record RuleBody(string Text, IReadOnlyList<ColouredSpan> Colours);

/// <summary>What a hit is: a title template, and the entity that it is about.</summary>
public sealed record FindingEntry(string Title, EntityRow Entity);

/// <summary>A field that names who or what is at risk, its type, the score and the message template.</summary>
public sealed record EntityRow(string Field, string Type, double Score, string Message);

/// <summary>A field with a threat's trace, and its kind.</summary>
public sealed record ThreatObjectRow(string Field, string Type);

/// <summary>A search to look further with; offsets are null where they are the rule's own window.</summary>
public sealed record DrilldownEntry(string Name, string Search, string? EarliestOffset, string? LatestOffset);

/// <summary>A message of lint; line and column of the file count from 1.</summary>
public sealed record LintEntry(string Severity, string Code, string Kind, string Message, string? Help, int Line, int Column)
{
    /// <summary>Where it ends; the place itself when that is not known.</summary>
    public int EndLine { get; init; }

    /// <summary>See <see cref="EndLine"/>.</summary>
    public int EndColumn { get; init; }
}

/// <summary>A macro that a search calls: its key (`name` or `name(2)`), its definition (null when nobody defines it) and its page.</summary>
public sealed record MacroUse(string Key, string? Definition, string Address);
