using Karst.Engine.Running;
using Karst.Engine.Search;
using Karst.Events;

namespace Karst.Engine.Scanning.Sharing;

/// <summary>From a value of one field to the routes whose traits it has.</summary>
sealed class FieldIndex
{
    readonly List<int> _present = [];
    readonly TextRoutes _whole = new();
    readonly Dictionary<double, List<int>> _numbers = [];
    readonly SortedList<int, TextRoutes> _starts = [];
    readonly SortedList<int, TextRoutes> _ends = [];
    readonly LiteralIndex _parts = new();
    byte[] _folded = new byte[64];

    internal FieldIndex(string field) => Field = field;

    internal string Field { get; }

    /// <summary>A route wants rows whose value has the trait.</summary>
    internal void Add(ValueTrait trait, int route)
    {
        switch (trait.Kind)
        {
            case TraitKind.Present:
                if (!_present.Contains(route)) _present.Add(route);
                break;
            case TraitKind.Whole:
                _whole.Add(trait.Text, route);
                if (trait.Number is not { } number) break;
                if (!_numbers.TryGetValue(number, out var routes)) _numbers[number] = routes = [];
                if (!routes.Contains(route)) routes.Add(route);
                break;
            case TraitKind.Part:
                _parts.Add(trait.Text, route);
                break;
            default:
                var lengths = trait.Kind == TraitKind.Start ? _starts : _ends;
                if (!lengths.TryGetValue(trait.Text.Length, out var texts)) lengths[trait.Text.Length] = texts = new TextRoutes();
                texts.Add(trait.Text, route);
                break;
        }
    }

    /// <summary>Adds the routes that may want a row with the value.</summary>
    internal void Find(Value value, RouteRows found)
    {
        if (value.IsNull) return;
        found.Add(_present);
        if (!value.IsMultivalue)
        {
            FindOne(value, found);
            return;
        }
        for (var i = 0; i < value.Count; i++) FindOne(value[i], found);
    }

    void FindOne(Value value, RouteRows found)
    {
        var text = value.IsNumber ? value.AsUtf8() : value.Utf8;
        if (_numbers.Count > 0 && value.TryNumber(out var number) && _numbers.TryGetValue(number, out var routes)) found.Add(routes);
        if (_whole.Longest >= 0 || _starts.Count > 0 || _ends.Count > 0) FindFolded(text, found);
        _parts.Find(text, found);
    }

    void FindFolded(ReadOnlySpan<byte> text, RouteRows found)
    {
        if (text.Length <= _whole.Longest) _whole.Find(Fold(text), found);
        // An indexed walk: a foreach over a sorted list makes an object for each value.
        for (var i = 0; i < _starts.Count && _starts.GetKeyAtIndex(i) <= text.Length; i++) _starts.GetValueAtIndex(i).Find(Fold(text[.._starts.GetKeyAtIndex(i)]), found);
        for (var i = 0; i < _ends.Count && _ends.GetKeyAtIndex(i) <= text.Length; i++) _ends.GetValueAtIndex(i).Find(Fold(text[^_ends.GetKeyAtIndex(i)..]), found);
    }

    ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> text)
    {
        if (_folded.Length < text.Length) _folded = new byte[text.Length * 2];
        ByteSearch.Fold(text, _folded);
        return _folded.AsSpan(0, text.Length);
    }

    /// <summary>Texts in lower case, and the routes that want each.</summary>
    sealed class TextRoutes
    {
        readonly TextIndex _texts = new();
        readonly List<List<int>> _routes = [];

        internal int Longest { get; private set; } = -1;

        internal void Add(byte[] text, int route)
        {
            var index = _texts.Add(text, out var added);
            if (added) _routes.Add([]);
            if (!_routes[index].Contains(route)) _routes[index].Add(route);
            Longest = Math.Max(Longest, text.Length);
        }

        internal void Find(ReadOnlySpan<byte> folded, RouteRows found)
        {
            var index = _texts.Find(folded);
            if (index >= 0) found.Add(_routes[index]);
        }
    }
}
