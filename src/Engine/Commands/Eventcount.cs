using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Counts events, together or by index.</summary>
sealed class Eventcount : Command
{
    public override string Name => "eventcount";

    public override string Usage => "eventcount [index=<name>] ... [summarize=<bool>]";

    public override string Summary => "Counts the events, together or by index.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context)[^1];

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw GeneratedSearch.NotFirst(syntax);
        var reader = new ArgumentReader(syntax);
        var summarizes = true;
        var indexes = new List<Token>();
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            switch (name)
            {
                case "index": indexes.Add(value); break;
                case "summarize": summarizes = OptionValue.Bool(syntax, name, value); break;
                case "report_size":
                    if (OptionValue.Bool(syntax, name, value)) throw CommandErrors.Unsupported(syntax, "`report_size=true`", value.Span, "raw logs have no index, and so no size of one");
                    break;
                // There are neither virtual indexes nor other servers.
                case "list_vix" or "list_federated_remote": OptionValue.Bool(syntax, name, value); break;
                default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "index", "summarize", "report_size", "list_vix", "list_federated_remote");
            }
        }
        return GeneratedSearch.Bind(
            $"{GeneratedSearch.Indexes(indexes)} | {(summarizes ? "stats count" : "stats count BY index | eval server=\"localhost\" | table count index server")}", context);
    }
}
