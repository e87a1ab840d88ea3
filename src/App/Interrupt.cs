using System.Runtime.InteropServices;

namespace Karst.App;

/// <summary>
/// Ctrl-C and a request to end: the work is asked to stop and to print what it counted so far; work that does not listen is ended a little later.
/// </summary>
sealed partial class Interrupt : IDisposable
{
    // With the work's own time to stop this stays below a second.
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(700);

    readonly CancellationTokenSource _source = new();
    readonly PosixSignalRegistration[] _registrations;
    Timer? _force;

    /// <summary>Listens from now on.</summary>
    public Interrupt() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask)];

    Interrupt(PosixSignalRegistration[] registrations) => _registrations = registrations;

    /// <summary>Listens to nothing.</summary>
    public static Interrupt None { get; } = new([]);

    /// <summary>Cancelled when the user asks to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The user asked to end.</summary>
    public bool WasAsked => _source.IsCancellationRequested;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _force?.Dispose();
        _source.Dispose();
    }

    // The orderly way out waits for a thread that reads a quiet pipe.
    static void End()
    {
        if (OperatingSystem.IsWindows()) Environment.Exit(ExitCodes.Interrupted);
        else ExitAtOnce(ExitCodes.Interrupted);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int code);

    void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        if (WasAsked) End();
        _force = new Timer(static _ => End(), null, s_patience, Timeout.InfiniteTimeSpan);
        // Callbacks of the token must not hold up the signal's thread.
        _ = _source.CancelAsync();
    }
}
