namespace Karst.Events;

/// <summary>English names of days, months and halves of the day; full names stand before their short forms, which are their beginnings.</summary>
static class TimeNames
{
    /// <summary>Days from Sunday, 0.</summary>
    public static (string Name, int Number)[] Days { get; } = Both(0, "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    /// <summary>Months from January, 1.</summary>
    public static (string Name, int Number)[] Months { get; } = Both(1,
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December");

    /// <summary>Before noon 0, after it 1.</summary>
    public static (string Name, int Number)[] Halves { get; } = [("AM", 0), ("PM", 1), ("a.m.", 0), ("p.m.", 1)];

    /// <summary>A name, in any case, at the place in the text.</summary>
    public static bool Match(ReadOnlySpan<char> text, ref int at, (string Name, int Number)[] names, ref int? into)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        foreach (var (name, number) in names)
        {
            if (!text[at..].StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            at += name.Length;
            into = number;
            return true;
        }
        return false;
    }

    static (string, int)[] Both(int first, params string[] names) =>
        [.. names.Select((name, index) => (name, index + first)), .. names.Select((name, index) => (name[..3], index + first))];
}
