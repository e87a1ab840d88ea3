using Karst.Detection;
using Karst.Events;
using Karst.Rules;
using Karst.Rules.Escu;
using Karst.Spl;

namespace Karst.Units.Detection;

/// <summary>Rules, rows and a fake engine for the tests of this room.</summary>
static class Samples
{
    public static SearchWindow AllTime { get; } = SearchWindow.AllTime(1_000);

    public static Rule Rule(string type = "TTP", string more = "", string path = "rules/a.yml") => EscuLoader.Load(path, $$"""
        name: A
        id: "1"
        version: 2
        type: {{type}}
        status: production
        search: index=a | stats count BY user dest
        finding:
            title: $user$ at $dest$
            entity: {field: user, type: user, score: 50}
        intermediate_findings:
            entities:
                - {field: dest, type: system, score: 20, message: seen at $dest$}
        threat_objects: [{field: src, type: ip_address}]
        analytic_story: [Story]
        mitre_attack_id: [T1]
        {{more}}
        """, named: true, [])!;

    public static ResultRow Row(params (string Name, object? Value)[] fields) =>
        new([.. fields.Where(field => field.Value is not null).Select(field => new KeyValuePair<string, Value>(field.Name, ValueOf(field.Value!)))]);

    static Value ValueOf(object value) => value switch
    {
        string text => Value.FromText(text),
        string[] many => Value.FromMany(Array.ConvertAll(many, Value.FromText)),
        double number => Value.FromNumber(number),
        _ => throw new ArgumentException("no such value"),
    };

    /// <summary>Gives the same rows and stages for every search, and remembers what it was asked.</summary>
    public sealed class Engine(params ResultRow[] rows) : ISearchEngine, IPreparedSearch
    {
        public List<SearchInput> Inputs { get; } = [];

        public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

        public IReadOnlyList<StageRows> Stages { get; init; } = [];

        public string? Failure { get; init; }

        public bool CanRun => Diagnostics.Count == 0;

        public IPreparedSearch Prepare(Rule rule, string search) => this;

        public SearchOutcome Run(IReadOnlyList<SearchInput> inputs, SearchWindow? window, Func<Batch, bool> take, CancellationToken cancellation)
        {
            Inputs.AddRange(inputs);
            foreach (var row in rows) take(new Batch(1, [.. row.Fields.Select(field => new Column(field.Key, [field.Value]))]));
            return new SearchOutcome(Stages, Failure);
        }
    }
}
