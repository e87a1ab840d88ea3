using Karst.Engine.Paths;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Takes the keys of a JSON object as fields.</summary>
sealed class Fromjson : Command
{
    public override string Name => "fromjson";

    public override string Usage => "fromjson <field> [prefix=<text>]";

    public override string Summary => "Takes the keys of a JSON object as fields; arrays become several values, objects stay JSON text.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        string? field = null;
        var prefix = "";
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
                prefix = name == "prefix" ? value.Value : throw CommandErrors.UnknownOption(syntax, name, value.Span, "prefix");
            else if (field is null) field = FieldArgument.Take(reader).Value;
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (field is null) throw CommandErrors.Missing(syntax, "a field name");
        return new FromjsonStage(field, prefix) { At = syntax.Span };
    }
}

/// <summary>The keys of the object in a field as fields, each with a prefix.</summary>
public sealed record FromjsonStage(string Field, string Prefix) : Stage
{
    /// <inheritdoc/>
    public override string Command => "fromjson";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => Prefix.Length == 0 ? FieldSet.All : FieldSet.Of(Prefix + "*");

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new JsonOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"fromjson {Field}{(Prefix.Length == 0 ? "" : $" prefix={Prefix}")}";

    sealed class JsonOperator(FromjsonStage stage, RunContext run) : Operator
    {
        readonly FieldCollector _fields = new();

        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Field) is not { } column) return Next.Push(batch);
            _fields.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                Extract(column.Values[row]);
                if (_fields.EndRow(row) && !Next.Push(_fields.Take(row + 1))) return false;
            }
            return Next.Push(_fields.Take(batch.Count));
        }

        void Extract(Value value)
        {
            if (value.IsNull) return;
            if (JsonRow.Parse(value.AsUtf8()) is not { } fields)
            {
                run.Messages.Add("fromjson-object", $"`fromjson {stage.Field}` met a value that is no JSON object and left it alone");
                return;
            }
            foreach (var (name, found) in fields)
            {
                var slot = _fields.SlotOf(stage.Prefix + name);
                for (var i = 0; i < found.Count; i++) _fields.Add(slot, found[i]);
            }
        }
    }
}
