using Karst.Rules.Yaml;

namespace Karst.Rules.Escu;

/// <summary>The `tests:` of a detection.</summary>
sealed class EscuTests(YamlFields fields, YamlMap map, YamlMap tags)
{
    const string Ported = "PORTED MANUAL TEST";

    /// <summary>All tests in order.</summary>
    public IReadOnlyList<RuleTestCase> Read()
    {
        var manual = fields.TextOrNull(tags, "manual_test");
        return [.. fields.Maps(map, "tests").Select(test => Test(test, manual))];
    }

    RuleTestCase Test(YamlMap test, string? manual)
    {
        var description = fields.Text(test, "description");
        // The newest form has no word of its own for a manual test: it is experimental and says so in its description.
        if (manual is null && fields.Text(test, "test_type") == "experimental")
            manual = description.StartsWith(Ported, StringComparison.Ordinal) ? description[Ported.Length..].TrimStart(' ', '-') : "the test is experimental";
        return new RuleTestCase(
            fields.TextOrNull(test, "name") ?? "Test",
            [.. fields.Maps(test, "attack_data").Select(Data)],
            manual,
            fields.Map(test, "expect") is { } expect ? Expectation(expect) : null,
            test.At);
    }

    RuleTestData Data(YamlMap data)
    {
        if (data.Get("data") is null) fields.Add(data.At, RuleErrors.Missing("data"));
        return new RuleTestData(
            fields.Text(data, "data"),
            fields.Text(data, "source"),
            fields.Text(data, "sourcetype"),
            fields.TextOrNull(data, "host"),
            fields.TextOrNull(data, "custom_index"));
    }

    RuleExpectation Expectation(YamlMap expect)
    {
        foreach (var (key, at, _) in expect.Entries)
            if (key is not ("count" or "rows" or "none")) fields.Add(at, RuleErrors.Unknown("expect", key, "count, rows, none"));
        var rows = new List<IReadOnlyDictionary<string, IReadOnlyList<string>>>();
        foreach (var row in fields.Maps(expect, "rows"))
            rows.Add(row.Entries.ToDictionary(entry => entry.Key, entry => fields.AsTexts(entry.Value, entry.Key), StringComparer.Ordinal));
        return new RuleExpectation(fields.Whole(expect, "count"), rows, fields.Flag(expect, "none"));
    }
}
