using System.CommandLine;
using Karst.App.Findings;
using Karst.App.Options;
using Karst.App.Searching;
using Karst.Engine.Knowledge.Apps;

namespace Karst.App.Commands;

/// <summary>Hunts with the rules that come with karst in the logs that come with it.</summary>
sealed class Demo : Verb
{
    public override string Name => "demo";

    public override string Summary => "Runs the shipped rules over the shipped sample logs and prints the findings.";

    public override string Usage => "";

    public override IReadOnlyList<(string Line, string What)> Examples => [("karst demo", "finds what hides in a day of an account that does not exist")];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var content = ShippedContent.Folder;
        if (!Directory.Exists(Path.Combine(content, "samples"))) throw new UsageException($"the shipped content is not in {content}; build again");
        var logs = Directory.EnumerateFiles(Path.Combine(content, "samples")).Where(static file => Path.GetExtension(file) != ".md").Order(StringComparer.Ordinal).ToList();
        var set = new RuleSet([Path.Combine(content, "rules")], [], new KnowledgeProblems());
        var settings = new EventSettings { Paths = logs };
        return new Hunting(settings) { Format = "table" }.Run(set, set.Rules, cancellation);
    }
}
