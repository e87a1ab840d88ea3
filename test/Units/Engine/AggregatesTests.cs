using System.Text;
using CsCheck;
using Karst.Engine.Aggregates;
using Karst.Engine.Commands;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class AggregatesTests
{
    static readonly string[] s_texts = ["x", "A", "10a", ""];

    static readonly Gen<Value> s_value = Gen.OneOf(
        Gen.Int[-20, 2_000].Select(number => Value.FromNumber(number)),
        Gen.Double[0, 3_000].Select(number => Value.FromNumber(Math.Round(number, 2))),
        Gen.Int[0, 200].Select(number => Value.FromText($"{number}")),
        Gen.Int[0, 3].Select(i => Value.FromText(s_texts[i])));

    [Theory]
    [InlineData("min")]
    [InlineData("max")]
    public void Extremes_are_by_size_when_all_are_numbers_and_else_by_text(string name) =>
        Gen.OneOf(s_value.Array[1, 12], s_value.Where(value => value.TryNumber(out _)).Array[1, 12]).Sample(values =>
        {
            var accumulator = AggregateTable.Find(name)!.Value.Aggregate.Open(double.NaN, new RunContext { Now = 0 });
            foreach (var value in values) accumulator.Add(value, double.NaN);
            var result = accumulator.Result();
            if (values.All(value => value.TryNumber(out _)))
            {
                double[] numbers = [.. values.Select(value => value.TryNumber(out var number) ? number : 0)];
                Assert.True(result.TryNumber(out var extreme));
                Assert.Equal(name == "min" ? numbers.Min() : numbers.Max(), extreme);
                return;
            }
            var texts = values.Select(value => value.ToString()).Order(Comparer<string>.Create((left, right) =>
                Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)))).ToList();
            Assert.Equal(name == "min" ? texts[0] : texts[^1], result.ToString());
        });

    [Fact]
    public void A_text_index_numbers_texts_in_the_order_first_seen() =>
        Gen.String[Gen.Char['a', 'c'], 0, 4].Array[0, 200].Sample(texts =>
        {
            var index = new TextIndex();
            var seen = new List<string>();
            foreach (var text in texts)
            {
                var number = index.Add(Encoding.UTF8.GetBytes(text), out var added);
                Assert.Equal(!seen.Contains(text), added);
                if (added) seen.Add(text);
                Assert.Equal(seen.IndexOf(text), number);
            }
            for (var i = 0; i < seen.Count; i++) Assert.Equal(seen[i], index.ValueAt(i).ToString());
        });

    [Fact]
    public void A_group_key_gives_its_values_back()
    {
        string[] texts = ["", new string('x', 300), "a", "b"];
        var key = new GroupKey(["k0", "k1", "k2", "k3"]);
        Assert.True(key.Start(new Batch(1, [.. texts.Select((text, i) => new Column($"k{i}", [Value.FromText(text)]))])));
        Assert.True(key.TryBuild(0, out _));
        var values = new Value[4];
        GroupKey.Read(key.Bytes.ToArray(), 0, values, 0, 4);
        Assert.Equal(texts, values.Select(value => value.ToString()));
    }

    [Fact]
    public void A_deviation_of_large_numbers_near_each_other_is_not_lost()
    {
        var accumulator = AggregateTable.Find("stdev")!.Value.Aggregate.Open(double.NaN, new RunContext { Now = 0 });
        foreach (var number in new[] { 1e15 + 1, 1e15 + 2, 1e15 + 3 }) accumulator.Add(Value.FromNumber(number), double.NaN);
        Assert.Equal(1, accumulator.Result().Number, 9);
    }

    [Fact]
    public void Numbers_in_names_are_read()
    {
        Assert.Equal(("perc", 99.9), (AggregateTable.Find("p99.9")!.Value.Aggregate.Name, AggregateTable.Find("p99.9")!.Value.Number));
        Assert.Null(AggregateTable.Find("sum5"));
    }
}
