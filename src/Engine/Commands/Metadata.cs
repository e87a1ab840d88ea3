using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Lists the hosts, sources or sourcetypes of the events, with their times and counts.</summary>
sealed class Metadata : Command
{
    public override string Name => "metadata";

    public override string Usage => "metadata type=hosts|sources|sourcetypes [index=<name>] ...";

    public override string Summary => "Lists the hosts, sources or sourcetypes of the events, with their first and last time and how many there are.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context)[^1];

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw GeneratedSearch.NotFirst(syntax);
        var reader = new ArgumentReader(syntax);
        string? field = null;
        var indexes = new List<Token>();
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            switch (name)
            {
                case "type":
                    field = value.Value.ToLowerInvariant() switch
                    {
                        "hosts" => "host",
                        "sources" => "source",
                        "sourcetypes" => "sourcetype",
                        _ => throw CommandErrors.BadValue(syntax, name, value, "`hosts`, `sources` or `sourcetypes`"),
                    };
                    break;
                case "index": indexes.Add(value); break;
                // One machine is all there is.
                case "splunk_server" or "splunk_server_group": break;
                case "datatype":
                    if (value.Value != "event") throw CommandErrors.Unsupported(syntax, $"`datatype={value.Value}`", value.Span, "`datatype=event` is");
                    break;
                default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "type", "index", "datatype");
            }
        }
        if (field is null) throw CommandErrors.Missing(syntax, "`type=hosts`, `type=sources` or `type=sourcetypes`");
        // Splunk's recentTime is when the newest event was indexed, which raw logs do not have: the newest event's own time stands for it.
        return GeneratedSearch.Bind(
            $"{GeneratedSearch.Indexes(indexes)} | stats min(_time) AS firstTime max(_time) AS lastTime count AS totalCount BY {field}"
            + $" | eval firstTime=floor(firstTime), lastTime=floor(lastTime), recentTime=lastTime, type=\"{field}s\" | table firstTime {field} lastTime recentTime totalCount type",
            context);
    }
}
