using System.CommandLine;
using Karst.App.Output;

namespace Karst.App.Commands;

/// <summary>Prints a reference page in the terminal.</summary>
sealed class Help : Verb
{
    readonly Argument<string[]> _topic = new("TOPIC") { Description = "A command of SPL or of karst, `eval FUNCTION` or `stats FUNCTION`.", Arity = ArgumentArity.ZeroOrMore };

    readonly Option<bool> _markdown = new("--markdown") { Description = "With the topic `supported`: the page as Markdown." };

    public override string Name => "help";

    public override string Summary => "Prints the reference page of a command or function.";

    public override string Usage => "[COMMAND|eval FUNCTION|stats FUNCTION|VERB]";

    public override IReadOnlyList<(string Line, string What)> Examples =>
    [
        ("karst help dedup", "the page of SPL's `dedup`"),
        ("karst help eval coalesce", "the page of the eval function `coalesce`"),
        ("karst help stats dc", "the page of the stats function `dc`"),
        ("karst help hunt", "the page of `karst hunt`"),
        ("karst help supported", "all commands and functions, and what is refused and why"),
        ("karst help cli search", "the page of `karst search`, where SPL has a command of the same name"),
    ];

    public override IReadOnlyList<Argument> Arguments => [_topic];

    public override IReadOnlyList<Option> Options => [_markdown];

    public override int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var topic = parsed.GetValue(_topic) ?? [];
        if (topic.Length == 0)
        {
            Terminal.Write(HelpPage.All() + "\n" + Reference.Contents());
            return ExitCodes.Fine;
        }
        if (topic is ["supported"] && parsed.GetValue(_markdown))
        {
            Terminal.Write(SupportedPage.Markdown());
            return ExitCodes.Fine;
        }
        if (Reference.Find(topic) is not { } page) throw new UsageException(Reference.NotFound(topic));
        Terminal.Write(page);
        return ExitCodes.Fine;
    }
}
