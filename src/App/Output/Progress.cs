namespace Karst.App.Output;

/// <summary>One line on a terminal's stderr that is written anew while work goes on; nothing where stderr is no terminal, or on a CI machine.</summary>
sealed class Progress : IDisposable
{
    static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(250);

    readonly Func<string> _line;
    readonly Timer? _timer;
    readonly Lock _lock = new();
    bool _isShown;
    bool _isOver;

    /// <summary>Shows what the function says, four times a second, after a first quarter of a second.</summary>
    public Progress(Func<string> line)
    {
        _line = line;
        if (Terminal.ShowsProgress) _timer = new Timer(_ => Show(), null, s_interval, s_interval);
    }

    /// <summary>Takes the line away, so that other messages stand alone.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_lock)
        {
            _isOver = true;
            if (_isShown) Terminal.Error.Write("\r\e[K");
        }
    }

    void Show()
    {
        lock (_lock)
        {
            if (_isOver) return;
            _isShown = true;
            var text = _line();
            var width = Width();
            Terminal.Error.Write($"\r\e[K{(text.Length >= width ? text[..(width - 1)] : text)}");
        }
    }

    static int Width()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
