using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>A data source as a rule collection describes it; <see cref="Sample"/> is a raw event, null when it has none.</summary>
public sealed record EscuDataSource(string Name, string Description, string Source, string Sourcetype, IReadOnlyList<string> AddOns, IReadOnlyList<string> Fields, string? Sample)
{
    /// <summary>Null when the mapping has no name.</summary>
    internal static EscuDataSource? Read(YamlMap map, YamlFields fields)
    {
        if (fields.TextOrNull(map, "name") is not { } name) return null;
        return new EscuDataSource(
            name,
            fields.Text(map, "description"),
            fields.Text(map, "source"),
            fields.Text(map, "sourcetype"),
            [.. fields.Maps(map, "supported_TA").Select(addOn => fields.Text(addOn, "name"))],
            fields.Texts(map, "fields"),
            fields.TextOrNull(map, "example_log"));
    }
}
