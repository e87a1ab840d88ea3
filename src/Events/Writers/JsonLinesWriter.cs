namespace Karst.Events;

/// <summary>One JSON object a row; flushed after each batch, so that a reader sees rows as they come.</summary>
sealed class JsonLinesWriter(Stream output, WriterOptions options) : RowWriter
{
    readonly OutputBuffer _output = new(output);
    readonly JsonRowFormat _format = new(options.Zone);

    public override void Write(Batch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            _format.Write(_output, batch, row);
            _output.Add((byte)'\n');
        }
        if (batch.Count > 0) _output.Flush();
    }

    public override void Finish() => _output.Flush();
}
