namespace Karst.Events;

/// <summary>The units of Splunk's time modifiers and spans.</summary>
public enum TimeUnit
{
    /// <summary>Seconds.</summary>
    Second,

    /// <summary>Minutes.</summary>
    Minute,

    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Days of the calendar.</summary>
    Day,

    /// <summary>Weeks of the calendar.</summary>
    Week,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Quarters.</summary>
    Quarter,

    /// <summary>Years.</summary>
    Year,
}
