namespace Karst.Engine.Functions;

/// <summary>Eval functions that Splunk has and Karst has not, each with the reason: an expression that uses one is refused by name.</summary>
public static class KnownFunctions
{
    const string Spl2 = "it belongs to SPL2, which is another language";

    static readonly SortedDictionary<string, string> s_reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["all"] = Spl2,
        ["any"] = Spl2,
        ["array_to_object"] = Spl2,
        ["filter"] = Spl2,
        ["find"] = Spl2,
        ["lookup"] = "the shape of its JSON results is not documented well enough to be exact; the command `lookup` does the same",
        ["map"] = Spl2,
        ["object_to_array"] = Spl2,
        ["reduce"] = Spl2,
    };

    /// <summary>Name and reason of each, sorted by name.</summary>
    public static IReadOnlyDictionary<string, string> All => s_reasons;

    /// <summary>Why a function of Splunk's cannot be called, or null when the name is not known at all. Functions in <see cref="FunctionTable"/> are asked there first.</summary>
    public static string? Reason(string name) => s_reasons.GetValueOrDefault(name);
}
