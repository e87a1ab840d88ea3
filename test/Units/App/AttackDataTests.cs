using System.Text.Json;

namespace Karst.Units.App;

/// <summary>The detections of the public collection whose attack data is there pass their own tests, with nothing but Karst's own knowledge.</summary>
public sealed class AttackDataTests
{
    /// <summary>What does not pass, and why.</summary>
    static readonly Dictionary<string, string> s_known = new(StringComparer.Ordinal)
    {
        ["PingID Mismatch Auth Source and Verification Response"] = "compares the countries of two addresses, and no database of places may be shipped",
        ["Windows AD Abnormal Object Access Activity"] = "the data there is older than the test: with its two users no count can lie three deviations above the mean",
    };

    [Fact]
    public void Detections_pass_on_their_own_data()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var collection = Path.Combine(SharedData.Root!, "corpora", "escu-2024-10");
        var data = Path.Combine(SharedData.Root!, "samples", "attack_data");
        var cases = File.ReadLines(Path.Combine(data, "CASES.tsv")).Skip(1).Select(static line => line.Split('\t')[1]).ToHashSet(StringComparer.Ordinal);
        var (_, output, _) = Cli.Run("test", Path.Combine(collection, "detections"), "--app", collection, "--data", data, "--json");
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var result = JsonDocument.Parse(line).RootElement;
            var (rule, state) = (result.GetProperty("rule").GetString()!, result.GetProperty("state").GetString()!);
            Assert.NotEqual("ERROR", state);
            // A rule is bound before its data is sought.
            if (state == "SKIP") Assert.Matches("data|manual|correlation", result.GetProperty("reason").GetString());
            states[rule] = state;
        }
        Assert.Equal(24, cases.Count);
        Assert.All(cases, rule => Assert.Equal(s_known.ContainsKey(rule) ? "FAIL" : "PASS", states[rule]));
    }
}
