using Karst.Engine.Knowledge.Props;
using Karst.Engine.Paths;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Takes pairs of names and values out of raw text (Splunk search reference, extract).</summary>
sealed class Extract : Command
{
    public override string Name => "extract";

    public override IReadOnlyList<string> Aliases => ["kv"];

    public override string Usage =>
        "extract [pairdelim=\"<characters>\" kvdelim=\"<characters>\"] [limit=<int>] [maxchars=<int>] [mv_add=<bool>] [clean_keys=<bool>]";

    public override string Summary => "Takes pairs of names and values out of the raw text as fields.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new PairsStage { At = syntax.Span };
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma) reader.Take();
            else if (!reader.TryOption(out var name, out var value))
                throw CommandErrors.Unsupported(syntax, "a stanza of transforms.conf", reader.Peek().Span, "name the delimiters with `pairdelim=` and `kvdelim=`, or use `rex`");
            else
            {
                stage = name switch
                {
                    "pairdelim" => stage with { PairDelimiters = value.Value },
                    "kvdelim" => stage with { KeyDelimiters = value.Value },
                    "limit" => stage with { Most = OptionValue.Whole(syntax, name, value, 1) },
                    "maxchars" => stage with { MostCharacters = OptionValue.Whole(syntax, name, value, 1) },
                    "mv_add" => stage with { AddsValues = OptionValue.Bool(syntax, name, value) },
                    "clean_keys" => stage with { CleansKeys = OptionValue.Bool(syntax, name, value) },
                    // Settings are read anew in each run, and where an event's words end changes no row.
                    "reload" or "segment" or "auto" => stage,
                    _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, "pairdelim", "kvdelim", "limit", "maxchars", "mv_add", "clean_keys"),
                };
            }
        }
        return (stage.PairDelimiters is null) == (stage.KeyDelimiters is null) ? stage : throw CommandErrors.Missing(syntax, "`pairdelim` and `kvdelim` together");
    }
}

/// <summary>Pairs in `_raw` as fields: by delimiters, or as they are found automatically. A field that is there already stays.</summary>
public sealed record PairsStage : Stage
{
    /// <summary>Each of these characters parts pairs; null finds them automatically.</summary>
    public string? PairDelimiters { get; init; }

    /// <summary>Each of these characters parts a name from its value.</summary>
    public string? KeyDelimiters { get; init; }

    /// <summary>How many pairs of a row are taken.</summary>
    public int Most { get; init; } = 50;

    /// <summary>How many characters of the text are looked at.</summary>
    public int MostCharacters { get; init; } = 10_240;

    /// <summary>A name that comes again, or is there already, gets one value more.</summary>
    public bool AddsValues { get; init; }

    /// <summary>What is neither letter, digit nor underscore in a name becomes an underscore.</summary>
    public bool CleansKeys { get; init; } = true;

    /// <inheritdoc/>
    public override string Command => "extract";

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    // Whether a field is there already decides, so each has to be right.
    public override FieldSet Needs(FieldSet after) => after.With("_raw");

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new ExtractOperator(this);

    /// <inheritdoc/>
    public override string Describe() => PairDelimiters is null ? "extract" : $"extract pairdelim=\"{PairDelimiters}\" kvdelim=\"{KeyDelimiters}\"";

    sealed class ExtractOperator(PairsStage stage) : Operator
    {
        readonly DelimitedExtraction? _delimited = stage.PairDelimiters is { } pairs
            ? new DelimitedExtraction("extract", "_raw", pairs, stage.KeyDelimiters, []) { CleanKeys = false }
            : null;

        readonly FieldCollector _fields = new();
        readonly Dictionary<string, List<Value>> _found = new(StringComparer.Ordinal);

        public override bool Push(Batch batch)
        {
            if (batch.Find("_raw") is not { } raw) return Next.Push(batch);
            _fields.Start(batch);
            for (var row = 0; row < batch.Count; row++)
            {
                if (!raw.Values[row].IsNull) Take(batch, row, raw.Values[row].ToString());
                if (_fields.EndRow(row) && !Next.Push(_fields.Take(row + 1))) return false;
            }
            return Next.Push(_fields.Take(batch.Count));
        }

        void Take(Batch batch, int row, string text)
        {
            if (text.Length > stage.MostCharacters) text = text[..stage.MostCharacters];
            _found.Clear();
            var pairs = 0;
            foreach (var (key, value) in Pairs(text))
            {
                var name = stage.CleansKeys ? FieldExtraction.CleanKey(key) : key;
                if (name.Length == 0) continue;
                if (++pairs > stage.Most) break;
                if (!_found.TryGetValue(name, out var values)) _found[name] = values = Before(batch, row, name);
                if (values.Count == 0 || stage.AddsValues) values.Add(Value.FromText(value));
            }
            foreach (var (name, values) in _found)
                foreach (var value in values) _fields.Add(_fields.SlotOf(name), value);
        }

        static List<Value> Before(Batch batch, int row, string name)
        {
            var values = new List<Value>();
            if (batch.Find(name)?.Values[row] is { } old)
                for (var i = 0; i < old.Count; i++) values.Add(old[i]);
            return values;
        }

        IEnumerable<(string Key, string Value)> Pairs(string text) => _delimited?.Pairs(text) ?? PairText.Automatic(text);
    }
}
