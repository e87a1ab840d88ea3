using System.Text.RegularExpressions;

namespace Karst.Events;

/// <summary>
/// Matches that ran out of time are tried again. The time-out is of the clock: where the machine is busy, or memory is being tidied, a pattern that needs a
/// microsecond seems to need a second. One that is slow by itself is so every time.
/// </summary>
public static class RegexTries
{
    /// <summary>Tries of one match.</summary>
    public const int Most = 3;

    /// <summary>What the expression finds at or behind a place; null when it ran out of time at each try.</summary>
    public static Match? Match(Regex regex, string text, int start = 0)
    {
        for (var tries = 1; tries <= Most; tries++)
            try
            {
                return regex.Match(text, start);
            }
            catch (RegexMatchTimeoutException)
            {
                // Tried again.
            }
        return null;
    }
}
