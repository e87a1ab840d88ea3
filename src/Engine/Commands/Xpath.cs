using System.Xml;
using System.Xml.XPath;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Takes values out of XML by an XPath (Splunk search reference, xpath).</summary>
sealed class Xpath : Command
{
    public override string Name => "xpath";

    public override string Usage => "xpath [outfield=<field>] \"<XPath expression>\" [field=<field>] [default=<text>]";

    public override string Summary => "Takes the values that an XPath expression finds in XML text.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        Token? path = null;
        var (field, target) = ("_raw", "xpath");
        string? missing = null;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                if (name == "field") field = value.Value;
                else if (name == "outfield") target = value.Value;
                else if (name == "default") missing = value.Value;
                else throw CommandErrors.UnknownOption(syntax, name, value.Span, "outfield", "field", "default");
            }
            else if (path is null) path = reader.TakeField("an XPath expression in quotes");
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (path is null) throw CommandErrors.Missing(syntax, "an XPath expression in quotes");
        try
        {
            XPathExpression.Compile(path.Value);
        }
        catch (XPathException error)
        {
            throw new SplException(new Diagnostic("SPL133", $"the XPath expression cannot be read: {error.Message}", path.Span, null));
        }
        return new XpathStage(path.Value, field, target, missing) { At = syntax.Span };
    }
}

/// <summary>What an expression finds in a field's XML, each as its text; <paramref name="Missing"/> where it finds nothing.</summary>
public sealed record XpathStage(string Path, string Field, string Target, string? Missing) : Stage
{
    // A document is taken apart whole, in several times its size.
    const int MostBytes = 4 << 20;

    /// <inheritdoc/>
    public override string Command => "xpath";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Target);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Field);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new XpathOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"xpath outfield={Target} field={Field} \"{Quoting.Escape(Path)}\"";

    sealed class XpathOperator(XpathStage stage, RunContext run) : Operator
    {
        // Nothing outside the text is read, and no entity grows.
        static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = false, MaxCharactersInDocument = MostBytes };

        readonly XPathExpression _path = XPathExpression.Compile(stage.Path);

        public override bool Push(Batch batch)
        {
            var column = batch.Find(stage.Field)?.Values;
            var old = batch.Find(stage.Target)?.Values;
            var missing = stage.Missing is { } text ? Value.FromText(text) : Value.Null;
            var values = new Value[batch.Count];
            for (var row = 0; row < values.Length; row++)
            {
                run.ThrowIfCancelled();
                var found = column is null ? Value.Null : Found(column[row]);
                values[row] = !found.IsNull ? found : !missing.IsNull ? missing : old is null ? Value.Null : old[row];
            }
            return Next.Push(batch.With(stage.Target, values));
        }

        Value Found(Value value)
        {
            var all = new List<Value>();
            for (var i = 0; i < value.Count; i++)
            {
                if (!value[i].AsUtf8().Contains((byte)'<')) continue;
                try
                {
                    using var reader = XmlReader.Create(new StringReader(value[i].ToString()), s_settings);
                    Add(all, new XPathDocument(reader).CreateNavigator().Evaluate(_path));
                }
                catch (XmlException error)
                {
                    run.Messages.Add("xpath-xml", $"`xpath` passed over a text that is no XML: {error.Message}");
                }
                catch (XPathException error)
                {
                    run.Messages.Add("xpath-path", $"`xpath` found nothing in a text: {error.Message}");
                }
            }
            return Value.FromMany(all);
        }

        static void Add(List<Value> all, object result)
        {
            switch (result)
            {
                case XPathNodeIterator nodes:
                    while (nodes.MoveNext()) all.Add(Value.FromText(nodes.Current!.Value));
                    break;
                case double number:
                    if (Value.FromNumber(number) is { IsNull: false } found) all.Add(found);
                    break;
                case bool truth:
                    all.Add(Value.FromText(truth ? "true" : "false"));
                    break;
                case string text:
                    all.Add(Value.FromText(text));
                    break;
            }
        }
    }
}
