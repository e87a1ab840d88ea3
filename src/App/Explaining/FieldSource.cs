using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Events;
using Karst.Rules.Analysis;

namespace Karst.App.Explaining;

/// <summary>A field that a search reads of events, and where it comes from: metadata, the raw text, or a piece of knowledge.</summary>
sealed record FieldSource(string Field, string From)
{
    static readonly string[] s_metadata = ["_time", "_raw", "host", "index", "source", "sourcetype"];

    /// <summary>The sources of the fields wanted, for the first sourcetype that the rule names.</summary>
    public static IReadOnlyList<FieldSource> Of(FieldSet wanted, RuleAnalysis analysis, IKnowledge knowledge)
    {
        if (wanted.IsAll) return [new FieldSource("*", "every field of the event")];
        var sourcetype = analysis.Indicators.FirstOrDefault(static indicator => indicator is { Field: "sourcetype", Kind: PredicateKind.Eq, Negated: false })?.Values[0];
        return
        [
            .. wanted.Names.Select(name => new FieldSource(name, SourceOf(name, sourcetype, knowledge))),
            .. wanted.Patterns.Select(static pattern => new FieldSource(pattern, "every field of that name")),
        ];
    }

    static string SourceOf(string field, string? sourcetype, IKnowledge knowledge)
    {
        if (s_metadata.Contains(field)) return "metadata of the event";
        if (sourcetype is null) return "the knowledge of the event's sourcetype, which the rule does not name";
        var known = knowledge.FieldsFor(new EventOrigin("", sourcetype, "", ""), FieldSet.Of(field));
        var maker = known.Stages.Concat(known.Extractions).LastOrDefault(stage => stage.Writes.Contains(field));
        if (maker is not null) return maker.Describe();
        return known.Automatic switch
        {
            AutomaticExtraction.None => "nothing that is known makes it",
            AutomaticExtraction.KeyValue => "the raw text (key=value)",
            var format => $"the raw text ({format.ToString().ToUpperInvariant()})",
        };
    }
}
