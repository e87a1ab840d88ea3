using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Gives the events of a data model's dataset, the rows of a lookup table, or those of a saved search.</summary>
sealed class From : Command
{
    public override string Name => "from";

    public override string Usage => "from datamodel:<model>.<dataset> | from datamodel <model>.<dataset> | from lookup:<lookup> | from savedsearch:<name>";

    public override string Summary => "Gives the events of a data model's dataset, the rows of a lookup table, or those of a saved search.";

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
                var dot = name.IndexOf('.', StringComparison.Ordinal);
                var model = DatasetSource.FindModel(dot < 0 ? name : name[..dot], at, context);
                var dataset = DatasetSource.FindDataset(model, dot < 0 ? null : name[(dot + 1)..], at);
                return context.Source(DatasetSource.Search(model, dataset, at, context));
            case "lookup" or "inputlookup":
                return [new InputlookupStage(Lookup.FindTable(name, at, context), 0, int.MaxValue, false) { At = syntax.Span }];
            case "savedsearch":
                return Savedsearch.Find(name, at, null, context);
            default:
                throw CommandErrors.Unsupported(syntax, $"the dataset kind `{kind}`", at, "`datamodel:`, `lookup:` and `savedsearch:` are");
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
