namespace Karst.Events;

/// <summary>The raw text of each row, a line each, byte for byte; on a terminal without control characters. A row without `_raw` is written as a JSON line.</summary>
sealed class RawWriter(Stream output, WriterOptions options) : RowWriter
{
    readonly OutputBuffer _output = new(output);
    readonly JsonRowFormat _format = new(options.Zone);

    public override void Write(Batch batch)
    {
        var raw = batch.Find("_raw");
        for (var row = 0; row < batch.Count; row++)
        {
            var value = raw is null ? Value.Null : raw.Values[row];
            if (value.IsNull) _format.Write(_output, batch, row);
            else if (options.Width is null) _output.Add(value.AsUtf8());
            else _output.Add(SafeText.Of(value.AsUtf8(), keepLines: true));
            _output.Add((byte)'\n');
        }
        if (batch.Count > 0) _output.Flush();
    }

    public override void Finish() => _output.Flush();
}
