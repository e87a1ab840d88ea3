using Karst.Engine.Plans;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>The columns of a shared batch that some of its users asked for: many ask for the same, and get the same batch.</summary>
sealed class Narrowing(FieldSet shown)
{
    const int MostNames = 4_096;

    readonly Dictionary<string, bool> _shown = new(StringComparer.Ordinal);
    string[] _names = [];
    int[] _places = [];
    Batch? _last;
    Batch? _narrowed;

    /// <summary>The batch with these columns alone.</summary>
    internal Batch Apply(Batch batch)
    {
        if (shown.IsAll) return batch;
        if (ReferenceEquals(batch, _last)) return _narrowed!;
        var from = batch.Columns;
        if (!IsKnown(from)) Learn(from);
        var columns = new Column[_places.Length];
        for (var i = 0; i < columns.Length; i++) columns[i] = from[_places[i]];
        (_last, _narrowed) = (batch, batch.WithColumns(columns));
        return _narrowed;
    }

    /// <summary>The rows of the last batch are done with.</summary>
    internal void Forget() => (_last, _narrowed) = (null, null);

    // Batches of one origin mostly have the same columns.
    bool IsKnown(ReadOnlySpan<Column> columns)
    {
        if (columns.Length != _names.Length) return false;
        for (var i = 0; i < columns.Length; i++)
            if (columns[i].Name != _names[i]) return false;
        return true;
    }

    void Learn(ReadOnlySpan<Column> columns)
    {
        var places = new List<int>();
        _names = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            _names[i] = columns[i].Name;
            if (IsShown(columns[i].Name)) places.Add(i);
        }
        _places = [.. places];
    }

    // Which columns a batch has depends on its rows: the same names come again and again. Those of data are not kept without end.
    bool IsShown(string name)
    {
        if (_shown.TryGetValue(name, out var isShown)) return isShown;
        isShown = shown.Contains(name);
        if (_shown.Count < MostNames) _shown[name] = isShown;
        return isShown;
    }
}
