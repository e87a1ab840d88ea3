using Karst.Engine.Knowledge;
using Karst.Engine.Plans;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Shows data models, or gives the events of a dataset.</summary>
sealed class Datamodel : Command
{
    public override string Name => "datamodel";

    public override string Usage => "datamodel [<model> [<dataset> [search | flat]]] [strict_fields=<bool>] [summariesonly=<bool>] [allow_old_summaries=<bool>]";

    public override string Summary => "Shows the JSON of data models, or gives the events of a dataset.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context) is [var only]
        ? only
        : throw CommandErrors.Unsupported(syntax, "a dataset of events", syntax.NameSpan, "`datamodel` can begin a search or a subsearch");

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw GeneratedSearch.NotFirst(syntax);
        var reader = new ArgumentReader(syntax);
        var isStrict = true;
        var words = new List<Token>();
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) words.Add(reader.TakeField("the name of a data model or dataset"));
            else if (name is "strict_fields") isStrict = OptionValue.Bool(syntax, name, value);
            // There are no summaries: every event is read as it stands.
            else if (name is "summariesonly" or "allow_old_summaries") OptionValue.Bool(syntax, name, value);
            else throw CommandErrors.UnknownOption(syntax, name, value.Span, "strict_fields", "allow_old_summaries", "summariesonly");
        }
        if (words.Count > 3) throw ArgumentReader.Error(SplErrors.Unexpected(words[3], syntax));
        if (words.Count == 0) return [Shown(syntax, context.Knowledge.ModelNames.Select(known => DatasetSource.FindModel(known, syntax.NameSpan, context).Json))];
        var model = DatasetSource.FindModel(words[0].Value, words[0].Span, context);
        if (words.Count == 1) return [Shown(syntax, [model.Json])];
        var dataset = DatasetSource.FindDataset(model, words[1].Value, words[1].Span);
        if (words.Count == 2) return [Shown(syntax, [dataset.Json])];
        var isFlat = words[2].Value.ToLowerInvariant() switch
        {
            "search" => false,
            "flat" => true,
            _ => throw CommandErrors.Unsupported(syntax, $"the mode `{words[2].Text}`", words[2].Span, "`search` and `flat` are"),
        };
        return Events(model, dataset, isFlat, isStrict, words[1].Span, context);
    }

    static IReadOnlyList<Stage> Events(DataModel model, Dataset dataset, bool isFlat, bool isStrict, Span at, BindContext context)
    {
        var stages = new List<Stage>(isStrict
            ? context.Source(DatasetSource.Search(model, dataset, at, context))
            : DatasetSource.Events(model, dataset, at, context));
        if (isFlat) return stages;
        // What the dataset adds to those above has a name with its own path, whatever stands beneath.
        var named = new Dictionary<string, Renaming>(StringComparer.Ordinal);
        foreach (var part in model.Lineage(dataset))
            foreach (var field in part.AllFields.Where(field => !field.IsHidden)) named[field.Name] = new Renaming(field.Name, $"{model.PathOf(part)}.{field.Name}");
        stages.Add(new RenameStage([.. named.Values.Where(renaming => !MetadataNames.Fields.Contains(renaming.From))]) { At = at });
        return stages;
    }

    static MakeresultsStage Shown(CommandSyntax syntax, IEnumerable<string> texts) =>
        new(0, false) { At = syntax.Span, Rows = [.. texts.Select(IReadOnlyList<KeyValuePair<string, Value>> (text) => [KeyValuePair.Create("_raw", Value.FromText(text))])] };
}
