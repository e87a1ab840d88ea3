using System.Text.Json;

namespace Karst.Specs.Fuzz;

/// <summary>Makes the rows of a program, as JSON lines: every kind of value, and fields that some rows lack.</summary>
static class RowDice
{
    static readonly string[] s_words = ["ann", "bob", "Ann", "", " ", "ünï", "日本", "a,b;c", "k=v x=\"y z\"", "10", "010", "a.b.c", "<a>1</a>", "x*y", "1e3", "true", "-"];
    static readonly string[] s_numbers = ["0", "1", "2", "3", "10", "-1", "-7", "1.5", "0.1", "1e15", "12345678901234567890", "-0", "007", "0x1F", " 5", "nan", "", "1e308", "2.50"];
    static readonly string[] s_addresses = ["10.0.0.1", "10.0.0.2", "10.1.2.3", "192.168.0.1", "2001:db8::1", "300.1.1.1", "10.0.0", ""];
    static readonly string[] s_json =
    [
        "{\"a\":1,\"b\":[1,2,{\"c\":\"x\"}]}", "{\"a\":{\"b\":{\"c\":null}}}", "[1,\"2\",true,null]", "{\"a.b\":1,\"a\":{\"b\":2}}", "{\"a\":", "", "\"x\"", "{}", "[[1],[2,3]]",
    ];
    static readonly string[] s_times = ["2024-03-01T10:05:00Z", "1709287500", "1709287500.25", "03/01/2024 10:05:00", "0", "-5", "99999999999999", "soon"];

    /// <summary>The fields that rows may have, and what each holds.</summary>
    static readonly (string Name, Func<Dice, object?> Make)[] s_fields =
    [
        ("user", dice => dice.Of(s_words)),
        ("group", dice => dice.Of("a", "b", "c")),
        ("n", dice => Number(dice)),
        ("m", dice => dice.OneIn(2) ? dice.Below(5) : dice.Of(s_numbers)),
        ("tags", dice => Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Of(s_words)).ToArray()),
        ("nums", dice => Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Of(s_numbers)).ToArray()),
        ("src", dice => dice.Of(s_addresses)),
        ("js", dice => dice.Of(s_json)),
        ("t", dice => dice.Of(s_times)),
        ("some field", dice => dice.Of(s_words)),
        ("x.y", dice => dice.Of(s_numbers)),
        ("_time", dice => dice.OneIn(8) ? dice.Of("soon", "") : 1_700_000_000 - (dice.Below(100) * 300)),
    ];

    /// <summary>The fields' names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_fields.Select(field => field.Name)];

    /// <summary>Rows as JSON lines.</summary>
    public static List<string> Rows(Dice dice)
    {
        var lines = new List<string>();
        var absent = dice.Of(2, 4, 10);
        for (var row = dice.Of(0, 1, 2, 5, 9, 20, 40); row > 0; row--)
        {
            var fields = new Dictionary<string, object?>();
            foreach (var (name, make) in s_fields)
                if (!dice.OneIn(absent)) fields[name] = make(dice);
            lines.Add(JsonSerializer.Serialize(fields, Plain));
        }
        return lines;
    }

    /// <summary>Raw events: JSON objects, pairs, and other lines.</summary>
    public static List<string> Raw(Dice dice)
    {
        var lines = new List<string>();
        for (var row = dice.Of(1, 3, 10, 30); row > 0; row--)
            lines.Add(dice.Below(3) switch
            {
                0 => JsonSerializer.Serialize(new Dictionary<string, object?>
                {
                    ["user"] = dice.Of(s_words),
                    ["n"] = Number(dice),
                    ["tags"] = new[] { dice.Of(s_words), dice.Of(s_words) },
                    ["group"] = dice.Of("a", "b"),
                    ["t"] = dice.Of(s_times),
                    ["x"] = new Dictionary<string, object?> { ["y"] = dice.Of(s_numbers) },
                }, Plain),
                1 => $"2023-11-14T20:{dice.Below(60):00}:00Z user=\"{dice.Of(s_words).Replace("\"", "", StringComparison.Ordinal)}\" n={dice.Of(s_numbers)} group={dice.Of("a", "b")} src={dice.Of(s_addresses)}",
                _ => $"{dice.Of(s_words)} {dice.Of(s_times)} {dice.Of(s_addresses)}, user={dice.Of("ann", "bob", "ANN")}",
            });
        return lines;
    }

    internal static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static object Number(Dice dice) => dice.Below(6) switch
    {
        0 => dice.Of(s_numbers),
        1 => (dice.Below(2_000) - 1_000) / 8.0,
        2 => dice.Of(1e15, -1e300, 9007199254740993, 1e-7, -0.5),
        _ => dice.Below(12),
    };
}
