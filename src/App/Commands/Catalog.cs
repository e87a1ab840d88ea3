using System.CommandLine;
using Karst.App.Cataloguing;
using Karst.App.Options;

namespace Karst.App.Commands;

/// <summary>The published catalogue of rules.</summary>
sealed class Catalog : Verb
{
    readonly Argument<string> _action = new("ACTION")
    {
        HelpName = "build|serve|diff",
        Description = "build: writes the catalogue into a folder; serve: serves it over HTTP; diff: compares two folders of rules.",
    };
    readonly ContentOptions _content = new();
    readonly Option<string?> _out = new("--out") { HelpName = "DIR", Description = "Where the catalogue is written." };
    readonly Option<string> _urls = new("--urls") { HelpName = "URL", Description = $"Where `serve` listens; {CatalogServe.DefaultAddress} by default.", DefaultValueFactory = static _ => CatalogServe.DefaultAddress };
    readonly Option<string?> _results = new("--results") { HelpName = "FILE", Description = "What `karst test --json` printed: tests that passed are shown as proven." };
    readonly Option<string[]> _history = new("--history") { HelpName = "DIR", Description = "An older folder of the same rules, for their history." };

    readonly FormatOption _format = new("text", "json");

    public override string Name => "catalog";

    public override string Summary => "Publishes the catalogue of rules: what each looks for, and who else does.";

    public override string Usage => "build RULE_OR_FOLDER... --out DIR [OPTIONS] | serve RULE_OR_FOLDER... [--urls URL] [OPTIONS] | diff OLD NEW [OPTIONS]";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst catalog build detections/ --out site/", "writes the catalogue of a collection"),
        ("karst catalog build detections/ --out site/ --results tests.jsonl --history ../last-year/detections/", "with test results and older versions"),
        ("karst catalog serve detections/", "serves the same pages on this machine, and builds them anew when a rule changes"),
        ("karst catalog diff ../last-year/detections/ detections/", "says which rules came, went and changed, and what changed in them"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_action, _content.Rules];

    public override IReadOnlyList<Argument> Paths => [_content.Rules];

    public override IReadOnlyList<Option> Options => [_out, _urls, _results, _history, _format.Option, .. _content.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var (paths, settings) = (parsed.GetValue(_content.Rules)!, _content.Read(parsed));
        return parsed.GetRequiredValue(_action) switch
        {
            "build" => CatalogBuild.Run(Input(), parsed.GetValue(_out) ?? throw new UsageException("`catalog build` needs a folder to write to: `--out DIR`"), cancellation),
            "serve" => new CatalogServe(Input()).Run(parsed.GetValue(_urls)!, cancellation),
            "diff" => CatalogDiff.Run(paths, settings, _format.Read(parsed) == "json", cancellation),
            var action => throw new UsageException($"`catalog` cannot `{action}`; it can `build`, `serve` and `diff`"),
        };

        CatalogInput Input() => new(paths, parsed.GetValue(_results), parsed.GetValue(_history) ?? [], settings);
    }
}
