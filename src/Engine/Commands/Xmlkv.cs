using System.Text;
using Karst.Engine.Paths;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Takes the elements of XML text as fields.</summary>
sealed class Xmlkv : Command
{
    public override string Name => "xmlkv";

    public override string Usage => "xmlkv [<field>] [maxinputs=<count>]";

    public override string Summary => "Takes the elements of XML text that hold text only as fields, named as they are.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        string? field = null;
        while (!reader.AtEnd)
        {
            // How many events are handed over at once does not matter here.
            if (reader.TryOption(out var name, out var value))
            {
                if (name != "maxinputs") throw CommandErrors.UnknownOption(syntax, name, value.Span, "maxinputs");
            }
            else if (field is null) field = FieldArgument.Take(reader).Value;
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        return new XmlkvStage(field ?? "_raw") { At = syntax.Span };
    }
}

/// <summary>Elements without elements of their own become fields; the text around the XML does not matter.</summary>
public sealed record XmlkvStage(string Field) : Stage
{
    /// <inheritdoc/>
    public override string Command => "xmlkv";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new XmlOperator(Field);

    /// <inheritdoc/>
    public override string Describe() => $"xmlkv {Field}";

    sealed class XmlOperator(string field) : Operator
    {
        readonly FieldCollector _fields = new();

        public override bool Push(Batch batch)
        {
            if (batch.Find(field) is not { } column) return Next.Push(batch);
            _fields.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                var value = column.Values[row];
                for (var i = 0; i < value.Count; i++) Extract(Slice.Of(value[i]));
                if (_fields.EndRow(row) && !Next.Push(_fields.Take(row + 1))) return false;
            }
            return Next.Push(_fields.Take(batch.Count));
        }

        void Extract(Slice text)
        {
            var scan = new XmlScan(text);
            string? open = null;
            var held = Value.Null;
            while (scan.Read())
            {
                switch (scan.Part)
                {
                    case XmlPart.Open:
                        open = Encoding.UTF8.GetString(scan.Name);
                        held = Value.Null;
                        break;
                    case XmlPart.Text when open is not null:
                        held = held.IsNull ? scan.Value : Value.FromText(held.ToString() + scan.Value);
                        break;
                    case XmlPart.Close:
                        if (open is not null && !held.IsNull && !string.IsNullOrWhiteSpace(held.ToString())) _fields.Add(_fields.SlotOf(open), held);
                        open = null;
                        break;
                }
            }
        }
    }
}
