namespace Karst.Engine.Knowledge.Models;

/// <summary>
/// The fields of a root dataset and of those beneath it by the names that `tstats` and `datamodel` give them: the path of the dataset that
/// adds the field, then the field (`All_Changes.action`, `All_Changes.Account_Management.src_nt_domain`).
/// </summary>
sealed class ModelFields
{
    readonly Dictionary<string, (Dataset Owner, string Field)> _byName = new(StringComparer.Ordinal);

    internal ModelFields(DataModel model, Dataset root)
    {
        foreach (var dataset in model.Tree(root))
        {
            var path = model.PathOf(dataset);
            foreach (var field in dataset.AllFields) _byName[$"{path}.{field.Name}"] = (dataset, field.Name);
        }
    }

    /// <summary>All names.</summary>
    internal IEnumerable<string> Names => _byName.Keys;

    /// <summary>The dataset that adds a field, and the field's name in its events; null for a name that no dataset has.</summary>
    internal (Dataset Owner, string Field)? Find(string name) => _byName.TryGetValue(name, out var found) ? found : null;
}
