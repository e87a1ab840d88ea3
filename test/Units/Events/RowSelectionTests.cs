using Karst.Events;

namespace Karst.Units.Events;

/// <summary>Rows chosen into columns that are used again are the rows that a batch of its own would have.</summary>
public sealed class RowSelectionTests
{
    [Fact]
    public void Selections_that_share_a_room_give_what_select_gives_whatever_came_before()
    {
        var random = new Random(28);
        var room = new ColumnRoom();
        RowSelection[] selections = [new(room), new(room), new(room)];
        for (var i = 0; i < 400; i++)
        {
            // Some are larger than what the room keeps.
            var count = random.Next(1, i % 40 == 0 ? 5_000 : 200);
            var columns = Enumerable.Range(0, random.Next(1, i % 40 == 0 ? 30 : 6)).Select(column => new Column($"f{column + random.Next(2) * 100}", Values(random, count)) { IsShown = random.Next(2) == 0 }).ToArray();
            var batch = new Batch(count, columns) { Ranks = random.Next(2) == 0 ? null : [.. Enumerable.Range(i, count)] };
            var rows = Enumerable.Range(0, count).Where(_ => random.Next(3) > 0).ToArray();
            var (expected, given) = (batch.Select(rows), selections[random.Next(3)].Of(batch, rows));
            Assert.Equal(expected.Count, given.Count);
            Assert.Equal(expected.Ranks, given.Ranks);
            Assert.Equal(expected.Columns.ToArray().Select(column => (column.Name, column.IsShown)), given.Columns.ToArray().Select(column => (column.Name, column.IsShown)));
            for (var column = 0; column < expected.Columns.Length; column++)
                Assert.Equal(expected.Columns[column].Values, given.Columns[column].Values.AsSpan(0, given.Count).ToArray());
        }
    }

    static Value[] Values(Random random, int count)
    {
        var values = new Value[count];
        for (var row = 0; row < count; row++) values[row] = random.Next(4) == 0 ? Value.Null : Value.FromNumber(random.Next(1_000));
        return values;
    }
}
