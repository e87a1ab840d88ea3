namespace Karst.Events;

/// <summary>One JSON array of objects, an object a line.</summary>
sealed class JsonWriter(Stream output, WriterOptions options) : RowWriter
{
    readonly OutputBuffer _output = new(output);
    readonly JsonRowFormat _format = new(options.Zone);
    bool _any;

    public override void Write(Batch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            _output.Add(_any ? ",\n"u8 : "[\n"u8);
            _any = true;
            _format.Write(_output, batch, row);
        }
    }

    public override void Finish()
    {
        _output.Add(_any ? "\n]\n"u8 : "[]\n"u8);
        _output.Flush();
    }
}
