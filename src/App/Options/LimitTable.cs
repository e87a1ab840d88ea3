using System.Globalization;
using Karst.Engine.Plans;

namespace Karst.App.Options;

/// <summary>The limits that `--limit NAME=VALUE` sets, in the order of the docs.</summary>
static class LimitTable
{
    static readonly (string Name, Func<Limits, long, Limits> Set)[] s_all =
    [
        ("join", static (limits, value) => limits with { JoinRows = Whole(value) }),
        ("list", static (limits, value) => limits with { ListValues = Whole(value) }),
        ("memory", static (limits, value) => limits with { MemoryBytes = value }),
        ("mvexpand", static (limits, value) => limits with { MvexpandRows = Whole(value) }),
        ("regex", static (limits, value) => limits with { RegexMilliseconds = Whole(value) }),
        ("sort", static (limits, value) => limits with { SortRows = Whole(value) }),
        ("spath", static (limits, value) => limits with { SpathCharacters = Whole(value) }),
        ("subsearch", static (limits, value) => limits with { SubsearchRows = Whole(value) }),
    ];

    /// <summary>The names.</summary>
    public static IEnumerable<string> Names => s_all.Select(static limit => limit.Name);

    /// <summary>The defaults with the settings over them; a name or value that cannot be is a <see cref="UsageException"/>.</summary>
    public static Limits Apply(IEnumerable<string> settings)
    {
        var limits = new Limits();
        limits = limits with { MemoryBytes = Math.Min(limits.MemoryBytes, FreeMemory.Bytes / 2) };
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            var set = Array.Find(s_all, limit => limit.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase)).Set
                ?? throw new UsageException($"`--limit {setting}`: the limits are {string.Join(", ", Names)}");
            if (parts.Length < 2 || !TryAmount(parts[1], out var value)) throw new UsageException($"`--limit {setting}`: a whole number is needed, such as `{parts[0]}=1000` (k, M and G multiply; kB, MB and GB are the same)");
            limits = set(limits, value);
        }
        return limits;
    }

    static bool TryAmount(string text, out long value)
    {
        value = 0;
        if (text.Length > 2 && text[^1] is 'b' or 'B' && !char.IsAsciiDigit(text[^2])) text = text[..^1];
        if (text.Length == 0) return false;
        var factor = text[^1] switch { 'k' or 'K' => 1L << 10, 'm' or 'M' => 1L << 20, 'g' or 'G' => 1L << 30, _ => 1L };
        if (factor > 1) text = text[..^1];
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) || value > long.MaxValue / factor) return false;
        value *= factor;
        return true;
    }

    static int Whole(long value) => (int)Math.Min(value, int.MaxValue);
}
