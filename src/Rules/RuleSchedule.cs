namespace Karst.Rules;

/// <summary>
/// When a rule is run and over what: five fields of cron, and the ends of the window as time modifiers that count from the moment of the run (`-70m@m`). What is not said is null: no cron means
/// that nothing runs the rule, no earliest means all time, no latest the moment of the run.
/// </summary>
public sealed record RuleSchedule(string? Cron, string? Earliest, string? Latest);

/// <summary>Rows that are equal in all of these fields are one alert for so many seconds, beginning with the first (Splunk's alert.suppress.fields and alert.suppress.period).</summary>
public sealed record RuleThrottle(IReadOnlyList<string> Fields, double Seconds)
{
    /// <summary>A period as Splunk writes it: `86400s`, `90m`, `24h`, `7d`, a number alone counts seconds. Null when it is none, or not above zero.</summary>
    public static double? Period(string text)
    {
        var value = text.Trim();
        var digits = value.TakeWhile(char.IsAsciiDigit).Count();
        if (digits is 0 or > 9) return null;
        double? unit = value[digits..].Trim() switch
        {
            "" or "s" or "sec" or "secs" or "second" or "seconds" => 1,
            "m" or "min" or "mins" or "minute" or "minutes" => 60,
            "h" or "hr" or "hrs" or "hour" or "hours" => 3_600,
            "d" or "day" or "days" => 86_400,
            _ => null,
        };
        var period = int.Parse(value.AsSpan(0, digits), System.Globalization.CultureInfo.InvariantCulture) * unit;
        return period > 0 ? period : null;
    }
}
