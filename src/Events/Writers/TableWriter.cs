namespace Karst.Events;

/// <summary>
/// Rows in aligned columns for people. Rows are laid out in pages of 1,000, each with its own header; columns are cut to the terminal's width, the
/// widest first; control characters are shown, not sent; a multivalue takes a line a value.
/// </summary>
sealed class TableWriter(Stream output, WriterOptions options) : RowWriter
{
    const int PageRows = 1000;

    readonly OutputBuffer _output = new(output);
    RowStore _page = new();
    bool _any;

    public override void Write(Batch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            _page.Add(batch, row);
            if (_page.Count == PageRows) WritePage();
        }
    }

    public override void Finish()
    {
        if (_page.Count > 0) WritePage();
        _output.Flush();
    }

    void WritePage()
    {
        if (_any) _output.Add((byte)'\n');
        _any = true;
        var names = options.Columns ?? _page.Names;
        var cells = new string[_page.Count][][];
        for (var row = 0; row < cells.Length; row++)
        {
            cells[row] = new string[names.Count][];
            for (var c = 0; c < names.Count; c++) cells[row][c] = Lines(names[c], _page.Get(names[c], row));
        }
        var numeric = new bool[names.Count];
        for (var c = 0; c < numeric.Length; c++) numeric[c] = IsNumeric(names[c]);
        new TableLayout(names, cells, numeric, options.Width).Write(_output);
        _output.Flush();
        _page = new RowStore();
    }

    bool IsNumeric(string name)
    {
        var any = false;
        for (var row = 0; row < _page.Count; row++)
        {
            var value = _page.Get(name, row);
            if (value.IsNull) continue;
            if (name == "_time" || !value.TryNumber(out _)) return false;
            any = true;
        }
        return any;
    }

    string[] Lines(string name, Value value)
    {
        if (value.IsNull) return [];
        if (name == "_time") value = TimeCell.Short(value, options.Zone);
        var lines = new string[value.Count];
        for (var i = 0; i < lines.Length; i++) lines[i] = SafeText.Of(value[i].AsUtf8());
        return lines;
    }
}
