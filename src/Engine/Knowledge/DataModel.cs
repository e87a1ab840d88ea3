namespace Karst.Engine.Knowledge;

/// <summary>A data model: datasets with their constraints and fields, by name.</summary>
public sealed class DataModel(string name, IReadOnlyList<Dataset> datasets)
{
    readonly Dictionary<string, Dataset> _byName = datasets.ToDictionary(dataset => dataset.Name, StringComparer.Ordinal);

    /// <summary>The model's name.</summary>
    public string Name { get; } = name;

    /// <summary>The text of the file.</summary>
    public string Json { get; init; } = "";

    /// <summary>The datasets in the order of the file.</summary>
    public IReadOnlyList<Dataset> Datasets { get; } = datasets;

    /// <summary>Finds a dataset by its name, or by the last part of a lineage (`All_Changes.Account_Management`); null when there is none.</summary>
    public Dataset? Find(string dataset)
    {
        if (_byName.TryGetValue(dataset, out var found)) return found;
        var parts = dataset.Split('.');
        return _byName.TryGetValue(parts[^1], out found) && Lineage(found).Select(part => part.Name).SequenceEqual(parts) ? found : null;
    }

    /// <summary>The datasets that stand beneath no other.</summary>
    public IEnumerable<Dataset> Roots => Datasets.Where(dataset => !_byName.ContainsKey(dataset.Parent));

    /// <summary>A dataset and all beneath it, in the order of the file.</summary>
    public IEnumerable<Dataset> Tree(Dataset root) => Datasets.Where(dataset => Lineage(dataset).Contains(root));

    /// <summary>The name of a dataset as node names and field prefixes have it: `All_Changes.Account_Management`.</summary>
    public string PathOf(Dataset dataset) => string.Join('.', Lineage(dataset).Select(part => part.Name));

    /// <summary>The datasets from the root down to this one.</summary>
    public IReadOnlyList<Dataset> Lineage(Dataset dataset)
    {
        var lineage = new List<Dataset> { dataset };
        while (lineage.Count < 64 && _byName.TryGetValue(lineage[0].Parent, out var parent)) lineage.Insert(0, parent);
        return lineage;
    }
}

/// <summary>
/// A dataset: what it adds to its parent (another dataset, or BaseEvent and BaseSearch for roots). <see cref="BaseSearch"/> is the whole
/// search of a root that is no set of events.
/// </summary>
public sealed record Dataset(string Name, string Parent, IReadOnlyList<string> Constraints, IReadOnlyList<DatasetField> Fields, IReadOnlyList<DatasetCalculation> Calculations)
{
    /// <summary>The dataset's part of the file.</summary>
    public string Json { get; init; } = "";

    /// <summary>The search of a BaseSearch dataset; null for events.</summary>
    public string? BaseSearch { get; init; }

    /// <summary>The fields that the dataset adds, calculated ones too.</summary>
    public IEnumerable<DatasetField> AllFields => Fields.Concat(Calculations.SelectMany(calculation => calculation.Outputs)).Where(output => output.Name.Length > 0);

    /// <summary>Why the dataset cannot be searched (a transaction); null when it can.</summary>
    public string? Unsupported { get; init; }
}

/// <summary>A field of a dataset. A hidden one is there for calculations and does not come out.</summary>
public sealed record DatasetField(string Name, string Type, bool IsHidden);

/// <summary>A calculation of a dataset as the commands that do it: `eval a=lower(b)`.</summary>
public sealed record DatasetCalculation(string Command, IReadOnlyList<DatasetField> Outputs);
