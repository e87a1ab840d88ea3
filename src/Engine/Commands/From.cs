using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Models;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives the events of a data model's dataset, or the rows of a lookup table.</summary>
sealed class From : Command
{
    public override string Name => "from";

    public override string Usage => "from datamodel:<model>.<dataset> | from datamodel <model>.<dataset> | from lookup:<lookup>";

    public override string Summary => "Gives the events of a data model's dataset, or the rows of a lookup table.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context) is [var only]
        ? only
        : throw CommandErrors.Unsupported(syntax, "a dataset of events", syntax.NameSpan, "`from` can begin a search or a subsearch");

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst)
            throw new SplException(new Diagnostic("KNW011", "`from` gives rows of its own and can only be the first command", syntax.NameSpan, "begin the search, or a subsearch, with `| from`"));
        var (kind, name, at) = Read(syntax);
        switch (kind.ToLowerInvariant())
        {
            case "datamodel":
                return (context.BindSource ?? context.BindSubsearch)(DatasetSyntax(name, at, context)).Stages;
            case "lookup" or "inputlookup":
                return [new InputlookupStage(Lookup.FindTable(name, at, context), 0, int.MaxValue, false) { At = syntax.Span }];
            default:
                throw CommandErrors.Unsupported(syntax, $"the dataset kind `{kind}`", at, "`datamodel:` and `lookup:` are");
        }
    }

    /// <summary>The search for a dataset named `Model.Dataset`; throws at the place of the name.</summary>
    internal static SearchSyntax DatasetSyntax(string name, Span at, BindContext context)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var modelName = dot < 0 ? name : name[..dot];
        var model = FindModel(modelName, at, context);
        var dataset = dot >= 0 ? model.Find(name[(dot + 1)..]) : model.Datasets.Count > 0 ? model.Datasets[0] : null;
        if (dataset is null) throw new SplException(KnowledgeErrors.NoDataset(model, dot < 0 ? "" : name[(dot + 1)..], at));
        var lineage = model.Lineage(dataset);
        if (lineage.FirstOrDefault(part => part.Unsupported is not null) is { } refused)
            throw new SplException(KnowledgeErrors.UnusableDataset(refused, at));
        var expanded = MacroExpander.Expand(DatasetSearch.Text(lineage), context.Knowledge);
        var parsed = SplParser.Parse(expanded.Text);
        if (expanded.Diagnostics.Concat(parsed.Diagnostics).FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error)
            throw new SplException(error with { At = at, Message = $"the dataset `{name}` cannot be searched: {error.Message}" });
        return parsed.Search;
    }

    static DataModel FindModel(string name, Span at, BindContext context)
    {
        try
        {
            return context.Knowledge.FindModel(name) ?? throw new SplException(KnowledgeErrors.NoModel(name, at));
        }
        catch (SplException error) when (error.Diagnostic.At.Length == 0)
        {
            throw new SplException(error.Diagnostic with { At = at });
        }
    }

    // `datamodel Risk.All_Risk`, `datamodel:Risk.All_Risk`, `datamodel:"Risk.All_Risk"`, `datamodel="Risk.All_Risk"`.
    static (string Kind, string Name, Span At) Read(CommandSyntax syntax)
    {
        var reader = new ArgumentReader(syntax);
        var first = reader.TakeField("a dataset: `datamodel:Model.Dataset` or `lookup:name`");
        var kind = first.Value;
        var colon = kind.IndexOf(':', StringComparison.Ordinal);
        var name = "";
        var at = first.Span;
        if (colon >= 0)
        {
            name = kind[(colon + 1)..].Trim('"');
            kind = kind[..colon];
        }
        if (reader.Peek() is { Kind: TokenKind.Operator, Text: "=" or ":" }) reader.Take();
        if (name.Length == 0)
        {
            var token = reader.TakeField("the name of a dataset");
            (name, at) = (token.Value.TrimStart(':').Trim('"'), token.Span);
            if (name.Length == 0) (name, at) = (reader.TakeField("the name of a dataset").Value, token.Span);
        }
        reader.ExpectEnd();
        return (kind, name, at);
    }
}
