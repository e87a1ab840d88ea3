using System.Text;
using System.Text.Json;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes rows from nothing.</summary>
sealed class Makeresults : Command
{
    public override string Name => "makeresults";

    public override string Usage => "makeresults [count=<number>] [annotate=<bool>] [format=csv|json data=\"<text>\"]";

    public override string Summary => "Makes rows with the time of the search, or with the fields of a CSV or JSON text.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw CommandErrors.MakesRows(syntax);
        var reader = new ArgumentReader(syntax);
        var count = 1;
        var annotates = false;
        string? format = null;
        Token? data = null;
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            switch (name)
            {
                case "count": count = OptionValue.Whole(syntax, name, value); break;
                case "annotate": annotates = OptionValue.Bool(syntax, name, value); break;
                case "format":
                    format = value.Value.ToLowerInvariant();
                    if (format is not ("csv" or "json")) throw CommandErrors.BadValue(syntax, name, value, "`csv` or `json`");
                    break;
                case "data": data = value; break;
                // One machine is all there is.
                case "splunk_server" or "splunk_server_group": break;
                default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "count", "annotate", "format", "data");
            }
        }
        if ((format is null) != (data is null)) throw CommandErrors.Missing(syntax, "`format` and `data` together");
        if (data is null) return new MakeresultsStage(count, annotates) { At = syntax.Span };
        var rows = format == "csv" ? FromCsv(data.Value) : FromJson(syntax, data, context.Now);
        return new MakeresultsStage(0, false) { At = syntax.Span, Rows = rows };
    }

    static List<IReadOnlyList<KeyValuePair<string, Value>>> FromCsv(string text)
    {
        var records = Csv(text);
        var rows = new List<IReadOnlyList<KeyValuePair<string, Value>>>();
        foreach (var record in records.Skip(1))
            rows.Add([.. records[0].Zip(record).Where(pair => pair.Second.Length > 0).Select(pair => KeyValuePair.Create(pair.First, Value.FromText(pair.Second)))]);
        return rows;
    }

    static List<List<string>> Csv(string text)
    {
        var records = new List<List<string>>();
        var record = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at <= text.Length; at++)
        {
            var letter = at < text.Length ? text[at] : '\n';
            if (quoted && at < text.Length)
            {
                if (letter != '"') cell.Append(letter);
                else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
                else quoted = false;
            }
            else if (letter == '"') quoted = true;
            else if (letter is ',' or '\n')
            {
                record.Add(cell.ToString().Trim());
                cell.Clear();
                if (letter == ',') continue;
                if (record.Count > 1 || record[0].Length > 0) records.Add(record);
                record = [];
            }
            else if (letter != '\r') cell.Append(letter);
        }
        return records.Count == 0 ? [[]] : records;
    }

    // Splunk's JSON rows carry the object as `_raw` and the time of the search; its CSV rows have their own columns only.
    static List<IReadOnlyList<KeyValuePair<string, Value>>> FromJson(CommandSyntax syntax, Token data, double now)
    {
        try
        {
            using var document = JsonDocument.Parse(data.Value);
            if (document.RootElement.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                throw CommandErrors.BadValue(syntax, "data", data, "a JSON array of objects");
            var rows = new List<IReadOnlyList<KeyValuePair<string, Value>>>();
            var elements = document.RootElement.ValueKind == JsonValueKind.Object ? [document.RootElement] : document.RootElement.EnumerateArray().ToArray();
            foreach (var element in elements)
            {
                if (element.ValueKind != JsonValueKind.Object) throw CommandErrors.BadValue(syntax, "data", data, "a JSON array of objects");
                var row = new Dictionary<string, Value>(StringComparer.Ordinal)
                {
                    ["_raw"] = Value.FromText(element.GetRawText()),
                    ["_time"] = Value.FromNumber(now),
                };
                foreach (var property in element.EnumerateObject()) row[property.Name] = Json(property.Value);
                rows.Add([.. row]);
            }
            return rows;
        }
        catch (JsonException)
        {
            throw CommandErrors.BadValue(syntax, "data", data, "a JSON array of objects");
        }
    }

    static Value Json(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => Value.Null,
        JsonValueKind.String => Value.FromText(element.GetString()!),
        JsonValueKind.Array => Value.FromMany(element.EnumerateArray().Select(Json).Where(value => !value.IsNull && !value.IsMultivalue).ToList()),
        JsonValueKind.Object => Value.FromText(element.GetRawText()),
        _ => Value.FromText(element.GetRawText()),
    };
}

/// <summary>Rows from nothing: <see cref="Count"/> with the time of the search, or the ones given.</summary>
public sealed record MakeresultsStage(int Count, bool Annotates) : Stage
{
    static readonly string[] s_annotations = ["_raw", "host", "source", "sourcetype", "splunk_server", "splunk_server_group"];

    /// <summary>Rows with fields of their own.</summary>
    public IReadOnlyList<IReadOnlyList<KeyValuePair<string, Value>>>? Rows { get; init; }

    /// <inheritdoc/>
    public override string Command => "makeresults";

    /// <inheritdoc/>
    public override bool IsGenerating => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.None;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new MakeresultsOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => Rows is { } rows ? $"makeresults rows={rows.Count}" : $"makeresults count={Count}";

    sealed class MakeresultsOperator(MakeresultsStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch) => true;

        public override void Finish()
        {
            var total = stage.Rows?.Count ?? stage.Count;
            for (var start = 0; start < total; start += run.BatchSize)
            {
                run.ThrowIfCancelled();
                var count = Math.Min(run.BatchSize, total - start);
                if (!Next.Push(stage.Rows is { } rows ? Given(rows, start, count) : Made(count))) break;
            }
            Next.Finish();
        }

        Batch Made(int count)
        {
            var times = new Value[count];
            Array.Fill(times, Value.FromNumber(Math.Floor(run.Now)));
            var columns = new List<Column> { new("_time", times) };
            if (stage.Annotates) columns.AddRange(s_annotations.Select(name => new Column(name, new Value[count])));
            return new Batch(count, [.. columns]);
        }

        static Batch Given(IReadOnlyList<IReadOnlyList<KeyValuePair<string, Value>>> rows, int start, int count)
        {
            var columns = new List<Column>();
            for (var row = 0; row < count; row++)
            {
                foreach (var (name, value) in rows[start + row])
                {
                    var column = columns.Find(other => other.Name == name);
                    if (column is null) columns.Add(column = new Column(name, new Value[count]));
                    column.Values[row] = value;
                }
            }
            return new Batch(count, [.. columns]);
        }
    }
}
