namespace Karst.Catalog.Model;

/// <summary>A layer for ATT&amp;CK Navigator (format 4.5): scores by technique. <see cref="Address"/> is its file, `layers/all.json`.</summary>
public sealed record NavigatorLayer(string Name, string Description, string Address, IReadOnlyList<LayerTechnique> Techniques);

/// <summary>A technique with its number of rules, and of those with a test that ran here and passed.</summary>
public sealed record LayerTechnique(string Id, int Rules, int Proven, IReadOnlyList<string> RuleNames);
