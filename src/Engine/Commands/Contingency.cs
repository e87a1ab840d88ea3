using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Counts how often values of two fields meet (Splunk search reference, contingency).</summary>
sealed class Contingency : Command
{
    public override string Name => "contingency";

    public override IReadOnlyList<string> Aliases => ["ctable", "counttable"];

    public override string Usage =>
        "contingency [maxrows=<count>] [maxcols=<count>] [minrowcover=<share>] [mincolcover=<share>] [usetotal=<bool>] [totalstr=<text>] <field> <field>";

    public override string Summary => "Counts how often the values of two fields come together: a row for each value of the first, a column for each of the second.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new ContingencyStage("", "") { At = syntax.Span };
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                stage = name switch
                {
                    "maxrows" => stage with { MostRows = OptionValue.Whole(syntax, name, value) },
                    "maxcols" => stage with { MostColumns = OptionValue.Whole(syntax, name, value) },
                    "minrowcover" => stage with { RowCover = OptionValue.Number(syntax, name, value) },
                    "mincolcover" => stage with { ColumnCover = OptionValue.Number(syntax, name, value) },
                    "usetotal" => stage with { UsesTotal = OptionValue.Bool(syntax, name, value) },
                    "totalstr" => stage with { Total = value.Value },
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "maxrows", "maxcols", "minrowcover", "mincolcover", "usetotal", "totalstr"),
                };
            }
            else if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else fields.Add(FieldArgument.TakePlain(reader).Value);
        }
        return fields.Count == 2 ? stage with { Row = fields[0], Column = fields[1] } : throw CommandErrors.Missing(syntax, "two fields");
    }
}

/// <summary>Counts of pairs of values, the most frequent first. A row with several values of a field counts for each.</summary>
public sealed record ContingencyStage(string Row, string Column) : Stage
{
    /// <summary>The most rows; 0 is all there may be.</summary>
    public int MostRows { get; init; } = 1_000;

    /// <summary>The most columns; 0 is all there may be.</summary>
    public int MostColumns { get; init; } = 1_000;

    /// <summary>The share of all rows in that the table's rows have to reach; those beyond are left out.</summary>
    public double RowCover { get; init; } = 1;

    /// <summary>The share of all rows in that the table's columns have to reach; those beyond are left out.</summary>
    public double ColumnCover { get; init; } = 1;

    /// <summary>There is a row and a column of totals.</summary>
    public bool UsesTotal { get; init; } = true;

    /// <summary>The name of the totals.</summary>
    public string Total { get; init; } = "TOTAL";

    /// <inheritdoc/>
    public override string Command => "contingency";

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of(Row, Column);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ContingencyOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"contingency {Row} {Column}";

    sealed class ContingencyOperator(ContingencyStage stage, RunContext run) : Operator
    {
        readonly Dictionary<(string Row, string Column), long> _counts = [];
        long _bytes;

        public override bool Push(Batch batch)
        {
            run.ThrowIfCancelled();
            if (batch.Find(stage.Row)?.Values is not { } rows || batch.Find(stage.Column)?.Values is not { } columns) return true;
            for (var at = 0; at < batch.Count; at++)
                for (var r = 0; r < rows[at].Count; r++)
                    for (var c = 0; c < columns[at].Count; c++) Count((rows[at][r].ToString(), columns[at][c].ToString()));
            return true;
        }

        void Count((string Row, string Column) pair)
        {
            if (_counts.TryAdd(pair, 1)) _bytes += 120 + (2L * (pair.Row.Length + pair.Column.Length));
            else _counts[pair]++;
            if (_bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("contingency", run.Limits.MemoryBytes));
        }

        public override void Finish()
        {
            var rows = Kept(_counts.GroupBy(count => count.Key.Row, count => count.Value), stage.MostRows, stage.RowCover);
            var columns = Kept(_counts.GroupBy(count => count.Key.Column, count => count.Value), stage.MostColumns, stage.ColumnCover);
            string[] headers = [.. columns.Where(name => name != stage.Row)];
            for (var from = 0; from < rows.Count; from += run.BatchSize)
                if (!Next.Push(Table(rows.GetRange(from, Math.Min(run.BatchSize, rows.Count - from)), headers, stage.Row))) break;
            if (stage.UsesTotal && rows.Count > 0) Next.Push(Totals(rows, headers));
            Next.Finish();
        }

        // Totals are those of what the table shows.
        Batch Table(List<string> rows, string[] columns, string header)
        {
            run.ThrowIfCancelled();
            var made = new List<Column> { new(header, [.. rows.Select(Value.FromText)]) };
            foreach (var column in columns) made.Add(new Column(column, [.. rows.Select(row => Value.FromNumber(_counts.GetValueOrDefault((row, column))))]));
            if (stage.UsesTotal) made.Add(new Column(stage.Total, [.. rows.Select(row => Value.FromNumber(columns.Sum(column => _counts.GetValueOrDefault((row, column)))))]));
            return new Batch(rows.Count, [.. made.DistinctBy(column => column.Name)]);
        }

        Batch Totals(List<string> rows, string[] columns)
        {
            var made = new List<Column> { new(stage.Row, [Value.FromText(stage.Total)]) };
            long all = 0;
            foreach (var column in columns)
            {
                var sum = rows.Sum(row => _counts.GetValueOrDefault((row, column)));
                made.Add(new Column(column, [Value.FromNumber(sum)]));
                all += sum;
            }
            made.Add(new Column(stage.Total, [Value.FromNumber(all)]));
            return new Batch(1, [.. made.DistinctBy(column => column.Name)]);
        }

        static List<string> Kept(IEnumerable<IGrouping<string, long>> counts, int most, double cover)
        {
            var sorted = counts.Select(group => (Name: group.Key, Count: group.Sum())).OrderByDescending(one => one.Count).ThenBy(one => one.Name, StringComparer.Ordinal).ToList();
            var wanted = sorted.Sum(one => one.Count) * Math.Clamp(cover, 0, 1);
            var kept = new List<string>();
            long covered = 0;
            foreach (var (name, count) in sorted)
            {
                if (covered >= wanted || (most > 0 && kept.Count == most)) break;
                kept.Add(name);
                covered += count;
            }
            return kept;
        }
    }
}
