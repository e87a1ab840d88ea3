using System.CommandLine;

namespace Karst.App.Options;

/// <summary>The shared options for verbs whose events come from the rules' own tests: knowledge, clock, zone, limits.</summary>
sealed class ContentOptions(bool rulesAreOptional = false)
{
    readonly EventOptions _events = new();

    /// <summary>Rules and folders of rules.</summary>
    public Argument<string[]> Rules { get; } = new("RULE_OR_FOLDER") { Description = "Rules, or folders of rules (recursive).", Arity = rulesAreOptional ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_events.Apps, _events.Now, _events.Zone, _events.Threads, _events.Limits];

    /// <summary>What they mean.</summary>
    public EventSettings Read(ParseResult parsed) => EventSettings.Read(_events, parsed);
}
