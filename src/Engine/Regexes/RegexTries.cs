namespace Karst.Engine.Regexes;

/// <summary>
/// How often a match that ran out of time is tried. The time-out is of the clock: where the machine is busy, or memory is being tidied, a pattern that needs a
/// microsecond seems to need a second. One that is slow by itself is so every time.
/// </summary>
static class RegexTries
{
    /// <summary>Tries of one match.</summary>
    internal const int Most = 3;
}
