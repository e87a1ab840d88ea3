using Karst.Engine.Running;
using Karst.Engine.Spilling;
using Karst.Events;

namespace Karst.Units.Engine;

/// <summary>Rows that do not fit into memory: a disk that takes no more, or gives nothing back, ends the search with a message.</summary>
public sealed class SpillingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(70_000)]
    public void A_full_disk_is_named_whether_it_shows_while_writing_or_before_the_first_row_is_read(int room)
    {
        using var rows = new SpilledRows(new BufferedStream(new Disk { Room = room }, 1 << 16));
        var failure = Assert.Throws<SearchFailedException>(() =>
        {
            for (var i = 0; i < 200; i++) rows.Add(Row(new string('x', 500)));
            return rows.Read(10).Sum(static batch => batch.Count);
        });
        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_gives_nothing_back_is_named()
    {
        var disk = new Disk { Room = 1 << 20 };
        using var rows = new SpilledRows(disk);
        for (var i = 0; i < 20; i++) rows.Add(Row($"{i}"));
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), rows.Read(7).SelectMany(static batch => Enumerable.Range(0, batch.Count).Select(row => batch.Find("a")!.Values[row].ToString())));
        disk.IsBroken = true;
        Assert.Contains("cannot be read again: Input/output error", Assert.Throws<SearchFailedException>(() => rows.Read(7).Count()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_cut_behind_its_back_is_named()
    {
        var disk = new Disk { Room = 1 << 20 };
        using var rows = new SpilledRows(disk);
        for (var i = 0; i < 20; i++) rows.Add(Row($"{i}"));
        disk.SetLength(disk.Length / 2);
        Assert.Throws<SearchFailedException>(() => rows.Read(7).Count());
    }

    static Batch Row(string text) => new(1, [new Column("a", [Value.FromText(text)])]);

    sealed class Disk : MemoryStream
    {
        public int Room { get; init; }

        public bool IsBroken { get; set; }

        // A stream derived from this one gets here by all of its ways to write and read.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Length + count > Room) throw new IOException("No space left on device");
            base.Write(buffer, offset, count);
        }

        public override int Read(byte[] buffer, int offset, int count) => IsBroken ? throw new IOException("Input/output error") : base.Read(buffer, offset, count);

        public override int ReadByte() => IsBroken ? throw new IOException("Input/output error") : base.ReadByte();
    }
}
