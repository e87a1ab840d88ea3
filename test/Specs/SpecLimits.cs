using System.Globalization;
using Karst.Engine.Plans;

namespace Karst.Specs;

/// <summary>`limit.NAME=VALUE` of a case's options.</summary>
static class SpecLimits
{
    public static Limits Read(IReadOnlyDictionary<string, string> options)
    {
        var limits = new Limits();
        foreach (var (name, value) in options.Where(option => option.Key.StartsWith("limit.", StringComparison.Ordinal)))
        {
            var number = long.Parse(value, CultureInfo.InvariantCulture);
            limits = name["limit.".Length..] switch
            {
                "sort" => limits with { SortRows = (int)number },
                "subsearch" => limits with { SubsearchRows = (int)number },
                "join" => limits with { JoinRows = (int)number },
                "list" => limits with { ListValues = (int)number },
                "spath" => limits with { SpathCharacters = (int)number },
                "mvexpand" => limits with { MvexpandRows = (int)number },
                "regex" => limits with { RegexMilliseconds = (int)number },
                "memory" => limits with { MemoryBytes = number },
                _ => throw new SpecFormatException($"no limit `{name}`"),
            };
        }
        return limits;
    }
}
