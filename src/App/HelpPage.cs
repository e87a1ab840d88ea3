using System.CommandLine;
using System.Text;
using Karst.App.Output;

namespace Karst.App;

/// <summary>What `--help` prints: made from what the verbs say of themselves.</summary>
static class HelpPage
{
    const int Column = 26;

    /// <summary>The help of karst itself.</summary>
    public static string All()
    {
        var page = new StringBuilder();
        page.Append("karst runs Splunk-format detection rules over raw logs, without Splunk.\n\n");
        Heading(page, "usage");
        page.Append("  karst COMMAND [OPTIONS] ...\n\n");
        Heading(page, "commands");
        foreach (var verb in VerbTable.All) Entry(page, verb.Name, verb.Summary);
        page.Append('\n');
        Heading(page, "options");
        Entry(page, "--help", "Prints this help; `karst COMMAND --help` that of a command.");
        Entry(page, "--version", "Prints the version.");
        page.Append('\n');
        Heading(page, "examples");
        page.Append("  karst demo\n");
        page.Append("  karst search 'sourcetype=aws:cloudtrail | stats count by eventName' logs/\n");
        page.Append("  karst hunt --rules detections/ logs/\n");
        page.Append("  karst help stats\n\n");
        page.Append("exit codes: 0 fine, 1 a test failed or --fail-on was reached, 2 wrong usage, 3 a search cannot be run,\n");
        page.Append("4 input was lost, 70 a fault of karst, 130 interrupted\n");
        return page.ToString();
    }

    /// <summary>The help of a verb.</summary>
    public static string Of(Verb verb)
    {
        var page = new StringBuilder();
        page.Append(verb.Summary).Append("\n\n");
        Heading(page, "usage");
        page.Append($"  karst {verb.Name} {verb.Usage}\n\n");
        if (verb.Arguments.Count > 0)
        {
            Heading(page, "arguments");
            foreach (var argument in verb.Arguments) Entry(page, argument.Name, argument.Description ?? "");
            page.Append('\n');
        }
        Heading(page, "options");
        foreach (var option in verb.Options) Entry(page, Label(option), Describe(option));
        Entry(page, "--help", "Prints this help.");
        page.Append('\n');
        Heading(page, "examples");
        foreach (var (line, what) in verb.Examples) page.Append($"  {line}\n{new string(' ', 6)}{Style.Output.Dim(what)}\n");
        page.Append($"\n`karst help {verb.Name}` prints the reference page.\n");
        return page.ToString();
    }

    static void Heading(StringBuilder page, string text) => page.Append(Style.Output.Bold(text)).Append('\n');

    static string Label(Option option) => option.Arity.MaximumNumberOfValues == 0 ? option.Name : $"{option.Name} {option.HelpName}";

    static string Describe(Option option) => option.Arity.MaximumNumberOfValues > 1 ? $"{option.Description} Repeatable." : option.Description ?? "";

    static void Entry(StringBuilder page, string name, string text)
    {
        page.Append("  ").Append(name.PadRight(Column - 2));
        if (name.Length >= Column - 2) page.Append('\n').Append(' ', Column);
        var column = Column;
        var width = Math.Clamp(Terminal.Width ?? 100, 60, 120);
        foreach (var word in text.Split(' '))
        {
            if (column > Column && column + word.Length + 1 > width)
            {
                page.Append('\n').Append(' ', Column);
                column = Column;
            }
            if (column > Column)
            {
                page.Append(' ');
                column++;
            }
            page.Append(word);
            column += word.Length;
        }
        page.Append('\n');
    }
}
