using System.CommandLine;
using Karst.App.Cataloguing;
using Karst.App.Options;

namespace Karst.App.Commands;

/// <summary>The published catalogue of rules.</summary>
sealed class Catalog : Verb
{
    readonly Argument<string> _action = new("ACTION") { HelpName = "build", Description = "build: writes the catalogue into a folder." };
    readonly ContentOptions _content = new();
    readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "Where the catalogue is written." };
    readonly Option<string?> _results = new("--results") { HelpName = "FILE", Description = "What `karst test --json` printed: tests that passed are shown as proven." };
    readonly Option<string[]> _history = new("--history") { HelpName = "DIR", Description = "An older folder of the same rules, for their history." };

    public override string Name => "catalog";

    public override string Summary => "Publishes the catalogue of rules: what each looks for, and who else does.";

    public override string Usage => "build RULE_OR_FOLDER... --out DIR [OPTIONS]";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst catalog build detections/ --out site/", "writes the catalogue of a collection"),
        ("karst catalog build detections/ --out site/ --results tests.jsonl --history ../last-year/detections/", "with test results and older versions"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_action, _content.Rules];

    public override IReadOnlyList<Argument> Paths => [_content.Rules];

    public override IReadOnlyList<Option> Options => [_out, _results, _history, .. _content.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var action = parsed.GetRequiredValue(_action);
        var input = new CatalogInput(parsed.GetValue(_content.Rules)!, parsed.GetValue(_results), parsed.GetValue(_history) ?? [], _content.Read(parsed));
        return action switch
        {
            "build" => CatalogBuild.Run(input, parsed.GetValue(_out) ?? throw new UsageException("`catalog build` needs a folder to write to: `--out DIR`"), cancellation),
            _ => throw new UsageException($"`catalog` cannot `{action}`; it can `build`"),
        };
    }
}
