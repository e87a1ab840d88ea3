using Karst.App.Options;
using Karst.App.Searching;
using Karst.Catalog;
using Karst.Engine.Knowledge.Apps;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Rules.Escu;

namespace Karst.App.Cataloguing;

/// <summary>What the command line gives a catalogue: rules, results, older folders.</summary>
sealed record CatalogInput(IReadOnlyList<string> Paths, string? Results, IReadOnlyList<string> History, EventSettings Settings)
{
    /// <summary>Reads it all anew, as it lies on the disk now.</summary>
    public CatalogSources Load(KnowledgeProblems problems)
    {
        var set = new RuleSet(Paths, Settings.Apps, problems, allVersions: true);
        var older = History.Count > 0 ? RuleFolder.LoadAll(History.Select(Existing)).Rules : [];
        return new CatalogSources
        {
            Rules = set.Rules,
            Listed = set.Listed,
            Diagnostics = set.Diagnostics,
            Older = older,
            KnowledgeOf = set.KnowledgeOf,
            Collections = [.. set.Rules.Select(static rule => EscuContent.Find(rule.Path)).OfType<string>().Distinct(StringComparer.Ordinal).Select(static folder => new EscuContent(folder))],
            Results = Results is null ? [] : ReadResults(Results),
            Attack = AttackTable.ReadFolder(ShippedContent.Folder),
            Events = EventTable.ReadFolder(ShippedContent.Folder),
            Limits = Settings.Limits,
            Zone = Settings.Zone,
        };
    }

    /// <summary>What the catalogue changes with: the rules, the collections that they lie in, and the results of tests.</summary>
    public IEnumerable<string> Watched =>
        Paths.Concat(Paths.Select(static path => EscuContent.Find(path)).OfType<string>()).Concat(Settings.Apps).Concat(Results is null ? [] : [Results]);

    static string Existing(string path) => Path.Exists(path) ? path : throw new UsageException($"`--history {path}`: there is no such rule file or folder");

    static IReadOnlyList<TestRecord> ReadResults(string path)
    {
        if (!File.Exists(path)) throw new UsageException($"`--results {path}`: there is no such file");
        using var reader = File.OpenText(path);
        return TestResults.Read(reader, (line, reason) => RunReport.Warn($"{path}:{line}: no test result: {reason}"));
    }
}
