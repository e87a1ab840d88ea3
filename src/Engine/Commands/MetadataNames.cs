using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The names in a `tstats` without a data model: the metadata that every event has.</summary>
sealed class MetadataNames : ITstatsNames
{
    internal static readonly string[] Fields = ["_time", "host", "index", "source", "sourcetype", "splunk_server"];

    public IReadOnlyList<Stage> Source(BindContext context) => GeneratedSearch.Bind("search *", context);

    public SearchExpression? WithoutNode(SearchExpression? where) => where;

    public Stage? Nodes(BindContext context) => null;

    public string LateColumn(string name) => name;

    // A field that is extracted when searching would be found here, but not by Splunk: better refused than another result.
    public string Column(string name, Span at) => Fields.Contains(name) || name is "earliest" or "latest" or "starttime" or "endtime"
        ? name
        : throw new SplException(new Diagnostic("KNW022", $"`{name}` is not known to be an indexed field", at,
            $"without a data model `tstats` reads {string.Join(", ", Fields.Select(field => $"`{field}`"))}; `search ... | stats` reads all fields", DiagnosticKind.Unsupported));
}
