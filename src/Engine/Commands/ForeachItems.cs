using System.Text;
using System.Text.Json;
using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>
/// A template run once for each value of a field, or each element of its JSON array. An item is no text that is put into the template, as Splunk has it, but a field that the
/// template reads: what a log holds can never become a part of the search.
/// </summary>
public sealed record ForeachItemsStage(string Field, bool IsJson, ForeachNames Names, Stage Template) : Stage
{
    /// <inheritdoc/>
    public override string Command => "foreach";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => Template.Writes;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        // What an item computes the next one may read.
        return Template.Needs(after.Union(Writes)).Union(after).Without(Names.Item, Names.Iteration).With(Field);
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ItemsOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"foreach mode={(IsJson ? "json_array" : "multivalue")} {Field} [{Template.Describe()}]";

    /// <summary>
    /// The template with references to the field <paramref name="item"/> in the place of its name, also within texts (`"item <<ITEM>>"`); null where the name stands
    /// within single quotes, for a field that an item names.
    /// </summary>
    internal static string? Rewrite(string template, string item)
    {
        var text = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var end = template[at] is '"' or '\'' ? EndOfQuote(template, at) : NextQuote(template, at);
            var part = template[at..end];
            if (part.Contains(item, StringComparison.Ordinal))
            {
                if (part[0] == '\'') return null;
                // A text with items in it is an expression, which operators around it must not take apart.
                part = part[0] == '"' ? $"({part.Replace(item, $"\".'{item}'.\"", StringComparison.Ordinal)})" : part.Replace(item, $"'{item}'", StringComparison.Ordinal);
            }
            text.Append(part);
            at = end;
        }
        return text.ToString();
    }

    static int EndOfQuote(string text, int at)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '\\') end++;
            else if (text[end] == text[at]) return end + 1;
        }
        return text.Length;
    }

    static int NextQuote(string text, int at)
    {
        var end = text.AsSpan(at).IndexOfAny('"', '\'');
        return end < 0 ? text.Length : at + end;
    }

    sealed class ItemsOperator(ForeachItemsStage stage, RunContext run) : Operator
    {
        public override bool Push(Batch batch)
        {
            run.ThrowIfCancelled();
            if (batch.Find(stage.Field) is not { } column) return Next.Push(batch);
            var items = new Value[batch.Count];
            var most = 0;
            for (var row = 0; row < items.Length; row++)
            {
                items[row] = stage.IsJson ? Elements(column.Values[row]) : column.Values[row];
                most = Math.Max(most, items[row].Count);
            }
            for (var item = 0; item < most; item++)
            {
                run.ThrowIfCancelled();
                var at = item;
                int[] rows = [.. Enumerable.Range(0, items.Length).Where(row => items[row].Count > at)];
                batch = Merged(batch, rows, Applied(batch.Select(rows)
                    .With(stage.Names.Item, [.. rows.Select(row => items[row][at])])
                    .With(stage.Names.Iteration, [.. rows.Select(_ => Value.FromNumber(at))])));
            }
            return Next.Push(batch);
        }

        RowStore Applied(Batch batch)
        {
            var results = new RowStore();
            var template = stage.Template.Open(run);
            template.Next = new Sink(made =>
            {
                results.Add(made);
                return true;
            });
            template.Push(batch);
            template.Finish();
            return results;
        }

        Batch Merged(Batch batch, int[] rows, RowStore results)
        {
            foreach (var name in results.Names)
            {
                if (name == stage.Names.Item || name == stage.Names.Iteration) continue;
                var values = new Value[batch.Count];
                batch.Find(name)?.Values.AsSpan(0, batch.Count).CopyTo(values);
                for (var row = 0; row < rows.Length; row++) values[rows[row]] = results.Get(name, row);
                batch = batch.With(name, values);
            }
            return batch;
        }

        static Value Elements(Value value)
        {
            using var document = Json.Parse(value);
            if (document?.RootElement.ValueKind != JsonValueKind.Array) return Value.Null;
            return Value.FromMany(document.RootElement.EnumerateArray().Select(Json.Native).Where(element => !element.IsNull).ToArray());
        }
    }
}
