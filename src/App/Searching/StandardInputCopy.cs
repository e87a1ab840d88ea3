using Karst.Events;

namespace Karst.App.Searching;

/// <summary>A copy of stdin in a temporary file, for searches that may read their input more than once (subsearches, drill-downs).</summary>
sealed class StandardInputCopy : IDisposable
{
    readonly string? _path;

    /// <summary>Copies stdin when it is one of the paths.</summary>
    public StandardInputCopy(IEnumerable<string> paths)
    {
        if (!paths.Contains("-")) return;
        _path = Path.GetTempFileName();
        using var copy = File.Create(_path);
        using var input = Console.OpenStandardInput();
        input.CopyTo(copy);
    }

    /// <summary>The input itself, or the copy in stdin's place.</summary>
    public InputFile Replace(InputFile file) => file.IsStandardInput && _path is not null ? new InputFile(_path, file.Display) : file;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_path is not null) File.Delete(_path);
    }
}
