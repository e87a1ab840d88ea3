namespace Karst.Catalog.Html;

/// <summary>The parts of the catalogue, each with the page that lists it.</summary>
static class Sections
{
    public const string Rules = "rules/";
    public const string Tactics = "tactics/";
    public const string Techniques = "techniques/";
    public const string Events = "events/";
    public const string Providers = "providers/";
    public const string Values = "values/";
    public const string Layers = "layers/";
    public const string Problems = "problems/";
    public const string Fields = "fields/";
    public const string Stories = "stories/";
    public const string DataSources = "data-sources/";
    public const string Macros = "macros/";
    public const string Lookups = "lookups/";

    /// <summary>Name and address, in the order of the way in.</summary>
    public static IReadOnlyList<(string Text, string Address)> All { get; } =
    [
        ("Rules", Rules),
        ("Tactics", Tactics),
        ("Techniques", Techniques),
        ("Events", Events),
        ("Fields", Fields),
        ("Stories", Stories),
        ("Data sources", DataSources),
        ("Macros", Macros),
        ("Lookups", Lookups),
    ];
}
