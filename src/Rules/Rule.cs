namespace Karst.Rules;

/// <summary>How far a rule has come.</summary>
public enum RuleStatus { Production, Experimental, Deprecated, Removed }

/// <summary>What a rule's hit means: a finding (TTP, Correlation), an intermediate finding (Anomaly), or a hit without risk (Hunting).</summary>
public enum RuleType { Ttp, Anomaly, Hunting, Correlation }

/// <summary>A detection rule in one shape, whatever the generation of its file. What the file does not say is empty.</summary>
public sealed record Rule
{
    /// <summary>The file, as the loader was given it.</summary>
    public required string Path { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Name { get; init; }

    /// <summary>The rule's id, normally a GUID.</summary>
    public string Id { get; init; } = "";

    /// <summary>The rule's version.</summary>
    public int Version { get; init; }

    /// <summary>Who wrote it.</summary>
    public string Author { get; init; } = "";

    /// <summary>When it was written, as the file has it (YYYY-MM-DD); first generations have one date for both.</summary>
    public string CreationDate { get; init; } = "";

    /// <summary>When it was changed last.</summary>
    public string ModificationDate { get; init; } = "";

    /// <summary>How far it has come.</summary>
    public RuleStatus Status { get; init; }

    /// <summary>What a hit means.</summary>
    public RuleType Type { get; init; }

    /// <summary>What it finds.</summary>
    public string Description { get; init; } = "";

    /// <summary>What has to be there before it works.</summary>
    public string HowToImplement { get; init; } = "";

    /// <summary>What it finds in error.</summary>
    public string KnownFalsePositives { get; init; } = "";

    /// <summary>Addresses to read on.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Names of data sources.</summary>
    public IReadOnlyList<string> DataSources { get; init; } = [];

    /// <summary>The search as written.</summary>
    public required string Search { get; init; }

    /// <summary>The way from a position in <see cref="Search"/> to the file.</summary>
    public required TextMap SearchMap { get; init; }

    /// <summary>Searches to look further with.</summary>
    public IReadOnlyList<RuleDrilldown> Drilldowns { get; init; } = [];

    /// <summary>The finding that a hit is; null for rules that have none.</summary>
    public RuleFinding? Finding { get; init; }

    /// <summary>Entities with a score and a message each.</summary>
    public IReadOnlyList<RuleEntity> IntermediateFindings { get; init; } = [];

    /// <summary>Fields that hold a threat's traces.</summary>
    public IReadOnlyList<RuleThreatObject> ThreatObjects { get; init; } = [];

    /// <summary>Analytic stories.</summary>
    public IReadOnlyList<string> Stories { get; init; } = [];

    /// <summary>What is looked after.</summary>
    public string AssetType { get; init; } = "";

    /// <summary>ATT&amp;CK technique ids.</summary>
    public IReadOnlyList<string> AttackIds { get; init; } = [];

    /// <summary>Products that it is made for.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>access, endpoint, network, ...</summary>
    public string SecurityDomain { get; init; } = "";

    /// <summary>application, cloud, endpoint, network, web; the folder where the file does not say.</summary>
    public string Category { get; init; } = "";

    /// <summary>Vulnerabilities.</summary>
    public IReadOnlyList<string> Cves { get; init; } = [];

    /// <summary>The rule's own tests.</summary>
    public IReadOnlyList<RuleTestCase> Tests { get; init; } = [];

    /// <summary>Baselines that have to run before it.</summary>
    public IReadOnlyList<string> Baselines { get; init; } = [];

    /// <summary>When it is run; null when the file does not say.</summary>
    public RuleSchedule? Schedule { get; init; }

    /// <summary>The name of a schedule that the collection describes elsewhere; empty when the file names none.</summary>
    public string ScheduleName { get; init; } = "";

    /// <summary>How often equal rows may alert; null when each one does.</summary>
    public RuleThrottle? Throttle { get; init; }

    /// <summary>How many rows a run must give before it alerts; null when one is enough.</summary>
    public RuleTrigger? Trigger { get; init; }

    /// <summary>Where fields stand in the file, by key (`name`, `search`, `tests`, ...).</summary>
    public IReadOnlyDictionary<string, FilePlace> Places { get; init; } = new Dictionary<string, FilePlace>();

    /// <summary>Where a field stands; the file's start when it does not stand there.</summary>
    public FilePlace PlaceOf(string field) => Places.GetValueOrDefault(field, new FilePlace(1, 1));

    /// <summary>All entities that a hit names: the finding's, then the intermediate ones.</summary>
    public IEnumerable<RuleEntity> Entities => Finding is null ? IntermediateFindings : IntermediateFindings.Prepend(Finding.Entity);

    /// <summary>The macro is the one that users filter this rule with; see <see cref="FilterMacro"/>.</summary>
    public bool IsFilterMacro(string macro) => FilterMacro.Belongs(macro, this);
}

/// <summary>A place in a file; line and column count from 1.</summary>
public readonly record struct FilePlace(int Line, int Column);

/// <summary>A finding: its title is a template with `$field$` tokens.</summary>
public sealed record RuleFinding(string Title, RuleEntity Entity);

/// <summary>A field that names who or what is at risk, the kind of thing (`user`, `system`, `other`), the score, and the message template.</summary>
public sealed record RuleEntity(string Field, string Type, double Score, string Message);

/// <summary>A field with a threat's trace, and its kind.</summary>
public sealed record RuleThreatObject(string Field, string Type);

/// <summary>A search to look further with, and its window; null offsets are the rule's own window.</summary>
public sealed record RuleDrilldown(string Name, string Search, string? EarliestOffset, string? LatestOffset);

/// <summary>One entry of `tests:`. Manual ones carry the reason.</summary>
public sealed record RuleTestCase(string Name, IReadOnlyList<RuleTestData> Data, string? Manual, RuleExpectation? Expect, FilePlace At);

/// <summary>Attack data of a test: an address or a path, and its metadata.</summary>
public sealed record RuleTestData(string Data, string Source, string Sourcetype, string? Host, string? Index);

/// <summary>What a test asks of the rows beyond contentctl: their number, rows that must be there, or none at all.</summary>
public sealed record RuleExpectation(int? Count, IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>> Rows, bool None);
