using Karst.Engine.Functions;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Models;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>
/// The names in a `tstats` over a data model: `Root.field`, `Root.Child.field`, `nodename`, and the metadata. A name that no dataset has is
/// absent in every event, as in Splunk, and a warning says so.
/// </summary>
sealed class TstatsModelNames : ITstatsNames
{
    readonly DataModel _model;
    readonly Dataset _root;
    readonly Token _token;
    readonly List<Diagnostic> _diagnostics;
    readonly ModelFields _fields;
    readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    readonly List<Dataset> _beneath = [];
    Dataset _node;
    bool _wantsNodes;

    TstatsModelNames(DataModel model, Dataset root, Token token, List<Diagnostic> diagnostics)
    {
        (_model, _root, _token, _diagnostics, _node) = (model, root, token, diagnostics, root);
        _fields = new ModelFields(model, root);
    }

    /// <summary>Finds the model and the root dataset; throws when there is none, or when several could be meant.</summary>
    internal static TstatsModelNames Read(TstatsGrammar grammar, BindContext context)
    {
        var token = grammar.Model!;
        var text = token.Value;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var model = DatasetSource.FindModel(dot < 0 ? text : text[..dot], token.Span, context);
        Dataset root;
        if (dot >= 0)
        {
            root = DatasetSource.FindDataset(model, text[(dot + 1)..], token.Span);
            if (model.Lineage(root) is [var top, _, ..])
                throw new SplException(new Diagnostic("KNW024", $"`tstats` reads root datasets, and `{root.Name}` stands beneath `{top.Name}`", token.Span,
                    $"FROM datamodel={model.Name}.{top.Name} WHERE nodename={model.PathOf(root)}", DiagnosticKind.Name));
        }
        else root = RootOf(model, grammar);
        var names = new TstatsModelNames(model, root, token, context.Diagnostics);
        names._node = names.NodeOf(grammar.Where) ?? root;
        return names;
    }

    public IReadOnlyList<Stage> Source(BindContext context) =>
        [.. DatasetSource.Events(_model, _root, _token.Span, context), .. DatasetSource.Beneath(_model, _node, _token.Span, context)];

    public SearchExpression? WithoutNode(SearchExpression? where)
    {
        var terms = FilterNames.Terms(where).Where(term => !IsNode(term)).ToList();
        return terms.Count == 0 ? null : terms.Count == 1 ? terms[0] : new SearchAnd(terms, where!.Span);
    }

    public string Column(string name, Span at)
    {
        if (name is "nodename") _wantsNodes = true;
        if (name is "nodename" or "earliest" or "latest" or "starttime" or "endtime" || MetadataNames.Fields.Contains(name)) return name;
        if (_fields.Find(name) is not { } found)
        {
            if (_warned.Add(name)) Warn(name, at);
            return $"(no field) {name}";
        }
        return ColumnOf(name, found.Owner, found.Field);
    }

    public string LateColumn(string name) =>
        MetadataNames.Fields.Contains(name) ? name
        : _fields.Find(name) is { } found && _model.Lineage(_node).Contains(found.Owner) ? found.Field
        : $"(no field) {name}";

    public Stage? Nodes(BindContext context)
    {
        var datasets = _wantsNodes ? [.. _model.Tree(_root).Where(dataset => dataset != _root)] : _beneath;
        return datasets.Count == 0 && !_wantsNodes ? null : new NodesStage(_root.Name, [.. datasets.Select(dataset => Node(dataset, context))]) { At = _token.Span };
    }

    DatasetNode Node(Dataset dataset, BindContext context)
    {
        var path = _model.PathOf(dataset);
        var stages = DatasetSource.Beneath(_model, dataset, _token.Span, context);
        if (stages.Any(stage => !stage.IsRowwise))
            throw new SplException(KnowledgeErrors.UnusableDataset(dataset with { Unsupported = "its search does more than filter and compute" }, _token.Span));
        return new DatasetNode(path, stages, [.. dataset.AllFields.Select(field => (field.Name, $"{path}.{field.Name}"))]);
    }

    string ColumnOf(string name, Dataset owner, string field)
    {
        if (_model.Lineage(_node).Contains(owner)) return field;
        if (!_beneath.Contains(owner)) _beneath.Add(owner);
        return name;
    }

    void Warn(string name, Span at)
    {
        var nearest = _fields.Names.FirstOrDefault(known => known.EndsWith("." + name[(name.LastIndexOf('.') + 1)..], StringComparison.Ordinal))
            ?? NearestName.Find(name, _fields.Names);
        _diagnostics.Add(new Diagnostic("KNW021", $"no dataset of `{_model.Name}` beneath `{_root.Name}` has a field `{name}`: it is absent in every event", at,
            nearest is null ? null : $"`{nearest}` is one", DiagnosticKind.Schema, Severity.Warning));
    }

    // `nodename=X` among the terms that must all hold: the events are those of X.
    Dataset? NodeOf(SearchExpression? where)
    {
        var nodes = FilterNames.Terms(where).Where(IsNodeTerm).Cast<SearchComparison>().ToList();
        if (nodes.Count != 1) return null;
        var path = nodes[0].Value.Text;
        if (path.Contains('*', StringComparison.Ordinal)) return null;
        return _model.Tree(_root).FirstOrDefault(dataset => _model.PathOf(dataset) == path)
            ?? throw new SplException(KnowledgeErrors.NoDataset(_model, path, nodes[0].Value.Span));
    }

    bool IsNode(SearchExpression term) => IsNodeTerm(term) && _model.PathOf(_node) == ((SearchComparison)term).Value.Text;

    static bool IsNodeTerm(SearchExpression term) => term is SearchComparison { Field: "nodename", Operator: "=" };

    // A model of several roots without a named one: the events of all. Only the one whose fields the search insists on can give rows.
    static Dataset RootOf(DataModel model, TstatsGrammar grammar)
    {
        if (model.Roots.ToList() is not { Count: > 1 } roots) return DatasetSource.FindDataset(model, null, grammar.Model!.Span);
        var needed = FilterNames.Terms(grammar.Where)
            .Select(static term => term switch
            {
                SearchComparison { Field: "nodename", Operator: "=" } node => node.Value.Text + ".",
                SearchComparison comparison => comparison.Field,
                SearchIn list => list.Field,
                _ => "",
            });
        if (grammar.Fill is null) needed = needed.Concat(grammar.By.Select(static field => field.Value));
        var meant = roots.Where(root => needed.Any(field => field.StartsWith(root.Name + ".", StringComparison.Ordinal))).ToList();
        return meant is [var only] ? only : throw new SplException(new Diagnostic("KNW025", $"the data model `{model.Name}` has several root datasets", grammar.Model!.Span,
            $"FROM datamodel={model.Name}.{roots[0].Name}, or another of {string.Join(", ", roots.Select(root => root.Name))}", DiagnosticKind.Unsupported));
    }
}
