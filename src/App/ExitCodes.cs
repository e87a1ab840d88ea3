namespace Karst.App;

/// <summary>What the process says with its exit code; scripts rely on it.</summary>
static class ExitCodes
{
    /// <summary>Fine.</summary>
    public const int Fine = 0;

    /// <summary>A rule test failed, lint found an error, or `--fail-on` was reached.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>A search or rule does not compile, or needs something unsupported.</summary>
    public const int NotRunnable = 3;

    /// <summary>Input could not be read; the rest was still processed, and what was lost is counted.</summary>
    public const int InputLost = 4;

    /// <summary>Our fault.</summary>
    public const int Internal = 70;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
