using System.CommandLine;
using Karst.App.Options;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Engine.Knowledge.Apps;
using ParseResult = System.CommandLine.ParseResult;

namespace Karst.App.Commands;

/// <summary>The newcomer's first minute: the shipped rules over the shipped log.</summary>
sealed class Demo : Verb
{
    public override string Name => "demo";

    public override string Summary => "Runs the shipped rules over the shipped sample log and prints the findings.";

    public override string Usage => "";

    public override IReadOnlyList<(string Line, string What)> Examples => [("karst demo", "hunts in a made-up CloudTrail log with five attacks in it")];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var rules = Path.Combine(ShippedContent.Folder, "rules");
        var log = Path.Combine(ShippedContent.Folder, "samples", "cloudtrail.json.gz");
        if (!Directory.Exists(rules) || !File.Exists(log)) throw new UsageException($"the shipped content is not in {ShippedContent.Folder}; build again");
        Terminal.Error.WriteLine("karst hunt --rules content/rules content/samples/cloudtrail.json.gz");
        var set = new RuleSet([rules], [], new KnowledgeProblems());
        var settings = new EventSettings { Paths = [log], Source = "cloudtrail.json.gz" };
        return Hunt.Run(set, set.Rules, settings, "table", 0, null, false, cancellation);
    }
}
