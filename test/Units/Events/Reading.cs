using System.Text;
using Karst.Events;

namespace Karst.Units.Events;

/// <summary>What reading some bytes gave.</summary>
sealed record Reading(EventKind Kind, List<string> Events, List<EventEnvelope?> Envelopes, List<InputProblem> Problems)
{
    public static Reading Of(string text, ReaderOptions? options = null, string name = "test") => Of(Encoding.UTF8.GetBytes(text), options, name);

    public static Reading Of(byte[] bytes, ReaderOptions? options = null, string name = "test") => Of(new MemoryStream(bytes), options, name);

    public static Reading Of(Stream stream, ReaderOptions? options = null, string name = "test")
    {
        var problems = new List<InputProblem>();
        using var reader = EventInput.Open(stream, name, options ?? ReaderOptions.Default, problems.Add, TestContext.Current.CancellationToken);
        return Drain(reader, problems);
    }

    public static Reading Of(InputFile file, ReaderOptions? options = null)
    {
        var problems = new List<InputProblem>();
        using var reader = EventInput.Open(file, options ?? ReaderOptions.Default, problems.Add, TestContext.Current.CancellationToken);
        return Drain(reader, problems);
    }

    static Reading Drain(EventReader reader, List<InputProblem> problems)
    {
        var reading = new Reading(reader.Kind, [], [], problems);
        var block = new RawBlock();
        while (reader.Read(block))
        {
            foreach (var raw in block.Events)
            {
                reading.Events.Add(Encoding.UTF8.GetString(block.Buffer, raw.Offset, raw.Length));
                reading.Envelopes.Add(raw.Envelope);
            }
        }
        return reading;
    }
}
