using Karst.Engine.Paths;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Takes fields out of JSON or XML text.</summary>
sealed class Spath : Command
{
    public override string Name => "spath";

    public override string Usage => "spath [input=<field>] [output=<field>] [[path=]<path>]";

    public override string Summary => "Takes the value at a path, or all fields, out of JSON or XML text.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        string input = "_raw";
        string? output = null;
        Token? path = null;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                switch (name)
                {
                    case "input": input = value.Value; break;
                    case "output": output = value.Value; break;
                    case "path": path = value; break;
                    default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "input", "output", "path");
                }
            }
            else if (path is null) path = reader.TakeField("a path");
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (path is null)
        {
            // Splunk: `output` needs `path`; `spath output=bucketName` alone takes the name for the path.
            if (output is null) return new SpathAllStage(input) { At = syntax.Span };
            return new SpathStage(input, output, Path(output, syntax, null)) { At = syntax.Span };
        }
        return new SpathStage(input, output ?? path.Value, Path(path.Value, syntax, path)) { At = syntax.Span };
    }

    static ValuePath Path(string text, CommandSyntax syntax, Token? token) =>
        ValuePath.Parse(text)
        ?? throw new SplException(new Diagnostic("SPL127", $"`{text}` is no path", token?.Span ?? syntax.Span, "paths look like `a.b`, `a{}.b`, `a{0}` and `a.b{@c}`"));
}

/// <summary>The value at a path, written to <see cref="Output"/>; a row without it keeps what it has there.</summary>
public sealed record SpathStage(string Input, string Output, ValuePath Path) : Stage
{
    /// <inheritdoc/>
    public override string Command => "spath";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.Of(Output);

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Input);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new PathOperator(this);

    /// <inheritdoc/>
    public override string Describe() => $"spath input={Input} output={Output} path={Path.Text}";

    sealed class PathOperator(SpathStage stage) : Operator
    {
        readonly FieldCollector _fields = new();
        readonly List<Value> _found = [];

        public override bool Push(Batch batch)
        {
            if (batch.Find(stage.Input) is not { } column) return Next.Push(batch);
            _fields.Start(batch);
            var slot = _fields.SlotOf(stage.Output);
            for (var row = 0; row < batch.Count; row++)
            {
                var value = column.Values[row];
                for (var i = 0; i < value.Count; i++) Find(Slice.Of(value[i]).Trimmed());
                foreach (var found in _found) _fields.Add(slot, found);
                _found.Clear();
                if (_fields.EndRow(row) && !Next.Push(_fields.Take(row + 1))) return false;
            }
            return Next.Push(_fields.Take(batch.Count));
        }

        void Find(Slice text)
        {
            if (text.Length == 0) return;
            if (text.Bytes[0] == '<') XmlFields.Find(text, stage.Path, _found);
            else if (text.Bytes[0] is (byte)'{' or (byte)'[') JsonPath.Find(text, stage.Path, _found);
        }
    }
}

/// <summary>All fields of the text; each that is found replaces the one that the row had.</summary>
public sealed record SpathAllStage(string Input) : Stage
{
    /// <inheritdoc/>
    public override string Command => "spath";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => after.With(Input);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new AllOperator(Input, run);

    /// <inheritdoc/>
    public override string Describe() => $"spath input={Input}";

    sealed class AllOperator : Operator
    {
        readonly FieldCollector _fields = new();
        readonly JsonFields _json;
        readonly string _input;
        readonly RunContext _run;

        internal AllOperator(string input, RunContext run)
        {
            _input = input;
            _run = run;
            _json = new JsonFields(_fields);
        }

        public override bool Push(Batch batch)
        {
            if (batch.Find(_input) is not { } column) return Next.Push(batch);
            _fields.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                var value = column.Values[row];
                for (var i = 0; i < value.Count; i++) Extract(Slice.Of(value[i]).Trimmed());
                if (_fields.EndRow(row) && !Next.Push(_fields.Take(row + 1))) return false;
            }
            return Next.Push(_fields.Take(batch.Count));
        }

        void Extract(Slice text)
        {
            var limit = _run.Limits.SpathCharacters;
            if (limit > 0 && text.Characters(limit) is var part && part.Length < text.Length)
            {
                _run.Messages.Add("spath-limit", $"`spath` looked at the first {limit} characters of a longer text only");
                text = part;
            }
            if (text.Length == 0) return;
            if (text.Bytes[0] == '<') XmlFields.Extract(text, _fields);
            else if ((text.Bytes[0] is (byte)'{' or (byte)'[') && !_json.Extract(text))
                _run.Messages.Add("spath-broken", $"`spath input={_input}` met JSON that breaks off or is too deep; the fields before that place were taken");
        }
    }
}
