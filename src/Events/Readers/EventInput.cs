using System.IO.Compression;

namespace Karst.Events;

/// <summary>From paths to readers: which inputs there are, and what kind each is.</summary>
public static class EventInput
{
    /// <summary>
    /// The inputs behind paths: files as they are, folders recursively in ordinal order, `-` as stdin, a zip archive entry by entry.
    /// What cannot be read is reported (`not-found`, `unreadable`, `special-file`, `link-loop`, `bad-zip`) and the rest goes on.
    /// </summary>
    public static IEnumerable<InputFile> Expand(IEnumerable<string> paths, Action<InputProblem> problem) => new InputWalk(problem).Walk(paths);

    /// <summary>Opens an input; one that cannot be opened is reported and gives a reader without events.</summary>
    public static EventReader Open(InputFile file, ReaderOptions options, Action<InputProblem> problem, CancellationToken cancellation)
    {
        try
        {
            return Recognised(OpenSource(file, options, cancellation), file, options, problem, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or ArgumentException)
        {
            var kind = failure is FileNotFoundException or DirectoryNotFoundException ? "not-found"
                : failure is InvalidDataException ? "bad-zip" : "unreadable";
            problem(new InputProblem(kind, file.Display, failure.Message, 0) { Fatal = true });
            return Recognised(ByteSource.Open(Stream.Null, null, options), file, options, problem, cancellation);
        }
    }

    /// <summary>Reads from a stream that the caller opened; it is closed with the reader.</summary>
    public static EventReader Open(Stream stream, string display, ReaderOptions options, Action<InputProblem> problem, CancellationToken cancellation)
    {
        var file = new InputFile(display, display);
        return Recognised(ByteSource.Open(stream, null, options), file, options, problem, cancellation);
    }

    static EventReader Recognised(ByteSource source, InputFile file, ReaderOptions options, Action<InputProblem> problem, CancellationToken cancellation)
    {
        if (source.Refusal is var (kind, message))
        {
            problem(new InputProblem(kind, file.Display, message, 0) { Fatal = true });
            source.Dispose();
            source = ByteSource.Open(Stream.Null, null, options);
        }
        if (options.Kind is EventKind.Auto or EventKind.Evtx && Magic.IsEvtx(source.Head)) return new EvtxReader(source, options, file, problem, cancellation);
        var recognised = options.Kind == EventKind.Auto ? KindDetector.Detect(source.Head, source.HeadIsAll, file.Display) : options.Kind;
        if (options.Table is not null && recognised == EventKind.Lines) recognised = EventKind.Csv;
        return new BlockReader(source, recognised, options, file, problem, cancellation);
    }

    static ByteSource OpenSource(InputFile file, ReaderOptions options, CancellationToken cancellation)
    {
        if (file.IsStandardInput) return ByteSource.Open(new InterruptibleStream(Console.OpenStandardInput(), cancellation), null, options);
        // A buffer size of 0 reads straight into the block's buffer.
        var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0, FileOptions.SequentialScan);
        if (file.Entry < 0) return ByteSource.Open(stream.CanSeek ? stream : new InterruptibleStream(stream, cancellation), null, options);
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            var entry = archive.Entries[file.Entry];
            var source = ByteSource.Open(new ZipEntryStream(entry, options), archive, options);
            source.IsZipEntry();
            return source;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
