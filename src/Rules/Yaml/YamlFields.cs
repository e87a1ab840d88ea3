using System.Globalization;
using Karst.Spl;

namespace Karst.Rules.Yaml;

/// <summary>Reads typed values out of mappings; a value of the wrong type is a diagnostic and counts as absent.</summary>
sealed class YamlFields(string path, List<RuleDiagnostic> diagnostics)
{
    public void Add(FilePlace at, Diagnostic diagnostic) => diagnostics.Add(new RuleDiagnostic(path, at, diagnostic));

    public string Text(YamlMap map, string key) => TextOrNull(map, key) ?? "";

    public string? TextOrNull(YamlMap map, string key) => map.Get(key) is { } node ? AsText(node, key) : null;

    public double Number(YamlMap map, string key)
    {
        if (map.Get(key) is not { } node) return 0;
        if (node is YamlScalar { Value: var text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return number;
        Wrong(node, key, "a number");
        return 0;
    }

    public int? Whole(YamlMap map, string key)
    {
        if (map.Get(key) is not { } node) return null;
        if (node is YamlScalar { Value: var text } && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)) return number;
        Wrong(node, key, "a whole number");
        return null;
    }

    public bool Flag(YamlMap map, string key)
    {
        if (map.Get(key) is not { } node) return false;
        if (node is YamlScalar { Value: var text } && bool.TryParse(text, out var flag)) return flag;
        Wrong(node, key, "true or false");
        return false;
    }

    /// <summary>A list of texts; a single text is a list of one.</summary>
    public IReadOnlyList<string> Texts(YamlMap map, string key) => map.Get(key) is { } node ? AsTexts(node, key) : [];

    public IReadOnlyList<string> AsTexts(YamlNode node, string key)
    {
        if (node is YamlScalar scalar) return [scalar.Value];
        if (node is not YamlList list)
        {
            Wrong(node, key, "a list of texts");
            return [];
        }
        var texts = new List<string>(list.Items.Count);
        foreach (var item in list.Items)
            if (AsText(item, key) is { } text) texts.Add(text);
        return texts;
    }

    /// <summary>The mappings of a list.</summary>
    public IEnumerable<YamlMap> Maps(YamlMap map, string key)
    {
        if (map.Get(key) is not { } node) yield break;
        if (node is not YamlList list)
        {
            Wrong(node, key, "a list of mappings");
            yield break;
        }
        foreach (var item in list.Items)
        {
            if (item is YamlMap entry) yield return entry;
            else Wrong(item, key, "a list of mappings");
        }
    }

    public YamlMap? Map(YamlMap map, string key)
    {
        if (map.Get(key) is not { } node) return null;
        if (node is YamlMap inner) return inner;
        Wrong(node, key, "a mapping");
        return null;
    }

    string? AsText(YamlNode node, string key)
    {
        if (node is YamlScalar scalar) return scalar.Value;
        Wrong(node, key, "a text");
        return null;
    }

    void Wrong(YamlNode node, string key, string wanted) => Add(node.At, RuleErrors.WrongType(key, wanted, node.Kind));
}
