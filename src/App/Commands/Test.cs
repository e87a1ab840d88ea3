using System.CommandLine;
using Karst.App.Options;
using Karst.App.Testing;

namespace Karst.App.Commands;

/// <summary>Runs the rules' own tests.</summary>
sealed class Test : Verb
{
    readonly ContentOptions _content = new();
    readonly Option<string[]> _data = new("--data") { HelpName = "DIR", Description = "Where attack data lies." };
    readonly Option<string?> _junit = new("--junit") { HelpName = "FILE", Description = "Writes a JUnit report." };
    readonly Option<string?> _sarif = new("--sarif") { HelpName = "FILE", Description = "Writes a SARIF report of what did not pass." };
    readonly Option<bool> _json = new("--json") { Description = "Prints one object a test." };
    readonly Option<string?> _changed = new("--changed") { HelpName = "REF", Description = "Only rules that differ from a git revision." };
    readonly Option<string?> _filter = new("--filter") { HelpName = "TEXT", Description = "Only rules and tests whose name contains the text." };
    readonly Option<bool> _watch = new("--watch") { Description = "Stays, and runs tests again when a rule, a macro, a lookup or data changes." };
    readonly Option<bool> _manual = new("--manual") { Description = "Also runs tests that are marked manual." };

    public override string Name => "test";

    public override string Summary => "Runs the rules' own tests over their attack data.";

    public override string Usage => "[OPTIONS] RULE_OR_FOLDER...";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst test detections/ --data attack_data/", "runs all tests"),
        ("karst test detections/ --data attack_data/ --filter okta --watch", "while a rule is written: again after each change"),
        ("karst test detections/ --changed origin/main --data attack_data/ --junit results.xml", "for CI: the tests of changed rules"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_content.Rules];

    public override IReadOnlyList<Argument> Paths => [_content.Rules];

    public override IReadOnlyList<Option> Options => [_data, _junit, _sarif, _json, _changed, _filter, _manual, _watch, .. _content.All];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var folders = parsed.GetValue(_data) ?? [];
        foreach (var folder in folders)
            if (!Directory.Exists(folder)) throw new UsageException($"`--data {folder}`: there is no such folder");
        var testing = new TestRun(parsed.GetValue(_content.Rules)!, _content.Read(parsed))
        {
            Data = folders,
            JUnit = parsed.GetValue(_junit),
            Sarif = parsed.GetValue(_sarif),
            IsJson = parsed.GetValue(_json),
            Since = parsed.GetValue(_changed),
            Filter = parsed.GetValue(_filter),
            RunsManual = parsed.GetValue(_manual),
        };
        if (!parsed.GetValue(_watch)) return testing.Run(cancellation);
        try
        {
            return testing.Watch(cancellation);
        }
        catch (IOException failure)
        {
            throw new UsageException($"`--watch`: {failure.Message}");
        }
    }
}
