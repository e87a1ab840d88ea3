using Karst.Catalog.Model;
using Karst.Engine;
using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Events;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Building;

/// <summary>The fields that a search reads of events, and where each comes from: metadata, the raw text, a piece of knowledge, a data model.</summary>
public static class FieldNeeds
{
    static readonly string[] s_metadata = ["_time", "_raw", "host", "index", "source", "sourcetype"];

    /// <summary>
    /// What the plan says it reads; where the search does not bind, what its text says. Knowledge is that of the first sourcetype that the rule names.
    /// </summary>
    public static IReadOnlyList<FieldNeed> Of(CompileResult compiled, RuleAnalysis analysis, IKnowledge knowledge)
    {
        var wanted = compiled.Plan is not { } plan ? FieldSet.Of([.. analysis.Reads]) : plan.Stages[0] is EventsStage events ? events.Wanted : FieldSet.None;
        if (wanted.IsAll) return [new FieldNeed("*", "*", "raw", "every field of the event")];
        var sourcetype = analysis.Indicators.FirstOrDefault(static indicator => indicator is { Field: "sourcetype", Kind: PredicateKind.Eq, Negated: false, HasComputedValues: false })?.Values[0];
        return
        [
            .. wanted.Names.Select(name => Of(name, sourcetype, analysis, knowledge)),
            .. wanted.Patterns.Select(static pattern => new FieldNeed(pattern, pattern, "raw", "every field of that name")),
        ];
    }

    static FieldNeed Of(string field, string? sourcetype, RuleAnalysis analysis, IKnowledge knowledge)
    {
        var name = FieldNames.Normalize(field);
        if (s_metadata.Contains(field)) return new FieldNeed(field, name, "metadata", "metadata of the event");
        // `| from datamodel` gives the model's fields without its name before them.
        if (name != field || analysis.Stages is [{ Command: "from" or "datamodel" }, ..]) return new FieldNeed(field, name, "data_model", $"the data model {string.Join(", ", analysis.Models)}");
        if (sourcetype is null) return new FieldNeed(field, name, "unknown", "the knowledge of the event's sourcetype, which the rule does not name");
        var known = knowledge.FieldsFor(new EventOrigin("", sourcetype, "", ""), FieldSet.Of(field));
        var maker = known.Stages.Concat(known.Extractions).LastOrDefault(stage => stage.Writes.Contains(field));
        if (maker is not null) return new FieldNeed(field, name, OriginOf(maker), maker.Describe());
        return known.Automatic switch
        {
            AutomaticExtraction.None => new FieldNeed(field, name, "unknown", "nothing that is known makes it"),
            AutomaticExtraction.KeyValue => new FieldNeed(field, name, "raw", "the raw text (key=value)"),
            var format => new FieldNeed(field, name, "raw", $"the raw text ({format.ToString().ToUpperInvariant()})"),
        };
    }

    // The commands of knowledge stages, in Splunk's order.
    static string OriginOf(Stage maker) => maker.Command switch
    {
        "extract" => "extraction",
        "fieldalias" => "alias",
        "calculate" => "calculated",
        "lookup" => "lookup",
        _ => "event_type",
    };
}
