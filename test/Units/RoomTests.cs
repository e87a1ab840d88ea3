using System.Text.RegularExpressions;

namespace Karst.Units;

/// <summary>The arrows of the map: which room may use which, and within Engine which folder.</summary>
public sealed partial class RoomTests
{
    // A room may use those behind it, and nothing else. ARCHITECTURE.md draws the same.
    static readonly Dictionary<string, string[]> s_rooms = new()
    {
        ["Spl"] = [],
        ["Events"] = [],
        ["Engine"] = ["Spl", "Events"],
        ["Rules"] = ["Spl"],
        ["Detection"] = ["Rules", "Engine", "Events", "Spl"],
        ["Catalog"] = ["Detection", "Rules", "Engine", "Events", "Spl"],
        ["App"] = ["Catalog", "Detection", "Rules", "Engine", "Events", "Spl"],
    };

    // The folders of Engine, bottom first: a folder may use those before it. A stage opens its operator and a run runs plans, so these two are one step.
    static readonly string[][] s_engine =
    [
        ["Paths"],
        ["Plans", "Running"],
        ["Spilling"],
        ["Expressions"],
        ["Regexes"],
        ["Functions", "Aggregates", "Search"],
        ["Knowledge"],
        ["Commands"],
        ["Passes"],
        ["Scanning"],
        [""],
    ];

    [Fact]
    public void Rooms_use_only_the_rooms_that_the_map_permits()
    {
        var faults = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "src"), "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(SharedData.Repository, file).Replace('\\', '/');
            if (path.Split('/') is [_, _, .. var folders] && folders.Any(folder => folder is "bin" or "obj")) continue;
            faults.AddRange(Check(path, File.ReadAllText(file)));
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory]
    [InlineData("src/Spl/Lexer.cs", "using Karst.Engine.Plans;", "src/Spl/Lexer.cs: Spl may not use Engine")]
    [InlineData("src/Events/Value.cs", "using Karst.Spl;", "src/Events/Value.cs: Events may not use Spl")]
    [InlineData("src/Rules/Rule.cs", "using static Karst.Events.NumberText;", "src/Rules/Rule.cs: Rules may not use Events")]
    [InlineData("src/Detection/Finding.cs", "using Row = Karst.App.Row;", "src/Detection/Finding.cs: Detection may not use App")]
    [InlineData("src/Rules/Rule.cs", "var plan = Karst.Engine.Pipeline.Bind(text);", "src/Rules/Rule.cs: Rules may not use Engine")]
    [InlineData("src/Engine/Functions/Lower.cs", "using Karst.Engine.Commands;", "src/Engine/Functions/Lower.cs: Engine/Functions may not use Engine/Commands")]
    [InlineData("src/Engine/Plans/Stage.cs", "using Karst.Engine.Knowledge.Apps;", "src/Engine/Plans/Stage.cs: Engine/Plans may not use Engine/Knowledge")]
    [InlineData("src/Engine/Commands/Eval.cs", "using Karst.Engine;", "src/Engine/Commands/Eval.cs: Engine/Commands may not use Engine/Pipeline")]
    [InlineData("src/Engine/Unknown/Thing.cs", "using Karst.Engine.Plans;", "src/Engine/Unknown/Thing.cs: Engine/Unknown is not on the map")]
    public void A_planted_fault_is_reported(string path, string code, string fault) => Assert.Equal([fault], Check(path, code));

    [Theory]
    [InlineData("src/Engine/Commands/Eval.cs", "using Karst.Engine.Functions;\nusing Karst.Spl;")]
    [InlineData("src/App/Commands/Search.cs", "using Karst.Engine;\nusing Karst.App.Output;")]
    [InlineData("src/Spl/Lexer.cs", "// Karst.Engine binds it.\n/// <see cref=\"Karst.Engine\"/>")]
    public void What_the_map_permits_is_not_reported(string path, string code) => Assert.Empty(Check(path, code));

    static IEnumerable<string> Check(string path, string code)
    {
        var parts = path.Split('/');
        var room = parts[1];
        var folder = parts.Length > 3 ? parts[2] : "";
        if (!s_rooms.TryGetValue(room, out var permitted)) return [$"{path}: {room} is not on the map"];
        var step = room == "Engine" ? Step(folder) : 0;
        if (step < 0) return [$"{path}: Engine/{folder} is not on the map"];

        var faults = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match match in Name().Matches(Comment().Replace(code, "")))
        {
            var (other, inner) = (match.Groups["room"].Value, match.Groups["folder"].Value);
            if (!s_rooms.ContainsKey(other)) continue;
            if (other != room)
            {
                if (!permitted.Contains(other)) faults.Add($"{path}: {room} may not use {other}");
            }
            else if (room == "Engine" && Step(Step(inner) < 0 ? "" : inner) > step)
                faults.Add($"{path}: Engine/{Shown(folder)} may not use Engine/{Shown(Step(inner) < 0 ? "" : inner)}");
        }
        return faults;
    }

    static int Step(string folder) => Array.FindIndex(s_engine, step => step.Contains(folder));

    static string Shown(string folder) => folder.Length == 0 ? "Pipeline" : folder;

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // A namespace declaration is no use of it.
    [GeneratedRegex(@"(?<!namespace )\bKarst\.(?<room>[A-Z]\w*)(\.(?<folder>[A-Z]\w*))?")]
    private static partial Regex Name();
}
