using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Collections;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Writes the rows to a lookup table or a KV store collection in the state folder, and passes them on.</summary>
sealed class Outputlookup : Command
{
    public override string Name => "outputlookup";

    public override string Usage => "outputlookup [append=<bool>] [create_empty=<bool>] [override_if_empty=<bool>] [max=<number>] [key_field=<field>] <lookup>";

    public override string Summary => "Writes the rows to a lookup table or a KV store collection in the state folder, and passes them on.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new OutputlookupStage("", context.Knowledge.Store) { At = syntax.Span };
        Token? key = null;
        Token? table = null;
        while (!reader.AtEnd)
        {
            // Options may stand on either side of the name, as with inputlookup.
            if (!reader.TryOption(out var name, out var value))
            {
                if (table is not null) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
                table = reader.TakeField("the name of a lookup");
                continue;
            }
            switch (name)
            {
                case "append": stage = stage with { Appends = OptionValue.Bool(syntax, name, value) }; break;
                case "create_empty": stage = stage with { CreatesEmpty = OptionValue.Bool(syntax, name, value) }; break;
                case "override_if_empty": stage = stage with { OverridesIfEmpty = OptionValue.Bool(syntax, name, value) }; break;
                case "max": stage = stage with { Most = OptionValue.Whole(syntax, name, value) }; break;
                // Where Splunk would keep the file; there is one folder here.
                case "createinapp": OptionValue.Bool(syntax, name, value); break;
                case "create_context" or "output_format": break;
                case "key_field": key = value; break;
                case "allow_updates":
                    if (!OptionValue.Bool(syntax, name, value)) throw CommandErrors.Unsupported(syntax, "`allow_updates=false`", value.Span, "records of a key that is there take the place of the old ones");
                    break;
                default: throw CommandErrors.UnknownOption(syntax, name, value.Span, "append", "create_empty", "override_if_empty", "max", "key_field", "allow_updates", "createinapp");
            }
        }
        if (table is null) throw CommandErrors.Missing(syntax, "the name of a lookup");
        var definition = context.Knowledge.FindLookupDefinition(table.Value);
        if (definition is { Collection: not null, FileName: null }) return stage with { Table = table.Value, Collection = definition, KeyField = key?.Value };
        if (key is not null) throw CommandErrors.Unsupported(syntax, "`key_field` for a table that is no KV store collection", key.Span, "without it the rows are written as they are");
        return stage with { Table = definition?.FileName ?? table.Value };
    }
}

/// <summary>Writes rows to a table of a store; without a store nothing is written, and the run says so.</summary>
public sealed record OutputlookupStage(string Table, LookupStore? Store) : Stage
{
    /// <summary>The rows become records of this KV store collection; null writes a table.</summary>
    public LookupDefinition? Collection { get; init; }

    /// <summary>The field whose value is a record's key; null takes `_key`.</summary>
    public string? KeyField { get; init; }

    /// <summary>The rows come behind those that the table has; only its columns are written.</summary>
    public bool Appends { get; init; }

    /// <summary>Without rows an empty table is made.</summary>
    public bool CreatesEmpty { get; init; }

    /// <summary>Without rows the old table is deleted.</summary>
    public bool OverridesIfEmpty { get; init; } = true;

    /// <summary>The most rows that are written; 0 is all.</summary>
    public int Most { get; init; }

    /// <inheritdoc/>
    public override bool HasEffects => true;

    /// <inheritdoc/>
    public override string Command => "outputlookup";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override FieldSet Writes => FieldSet.None;

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new OutputlookupOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"outputlookup {(Appends ? "append=true " : "")}{Table}";

    sealed class OutputlookupOperator(OutputlookupStage stage, RunContext run) : Operator
    {
        readonly RowStore _rows = new();
        bool _isDone;

        public override bool Push(Batch batch)
        {
            if (stage.Store is not null)
                for (var row = 0; row < batch.Count && (stage.Most == 0 || _rows.Count < stage.Most); row++) _rows.Add(batch, row);
            if (_rows.Bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("outputlookup", run.Limits.MemoryBytes));
            if (!_isDone) _isDone = !Next.Push(batch);
            // All rows are written, also those that nobody behind wants.
            return stage.Store is not null || !_isDone;
        }

        public override void Finish()
        {
            if (stage.Store is null) run.Messages.Add("outputlookup", $"nothing was written to `{stage.Table}`: no state folder is given");
            else
            {
                try
                {
                    if (stage.Collection is { Collection: { } collection } definition) Write(stage.Store, collection, definition.Fields);
                    else Write(stage.Store);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    throw new SearchFailedException($"`outputlookup` cannot write `{stage.Table}`: {error.Message}");
                }
            }
            Next.Finish();
        }

        // Records with a key that is there already are changed and others stay, as long as there are keys or rows are appended.
        void Write(LookupStore store, string collection, IReadOnlyList<string> fields)
        {
            if (_rows.Count == 0 && (stage.Appends || !stage.OverridesIfEmpty)) return;
            string[] columns = [.. (fields.Count > 0 ? fields : _rows.Names).Where(name => !name.StartsWith('_') || name == "_time")];
            var records = Enumerable.Range(0, _rows.Count).Select(row =>
            {
                var key = _rows.Get(stage.KeyField ?? "_key", row).ToString();
                return (key.Length == 0 ? null : key, RecordText.Write(columns.Select(name => (name, _rows.Get(name, row)))));
            });
            store.WriteCollection(collection, records, replaces: !stage.Appends && stage.KeyField is null);
        }

        void Write(LookupStore store)
        {
            var old = store.Find(stage.Table) is { } path ? LookupTable.Read(new LookupDefinition(stage.Table), path) : null;
            if (_rows.Count == 0 && (stage.Appends || (old is not null && !stage.OverridesIfEmpty) || (old is null && !stage.CreatesEmpty))) return;
            // Names that begin with an underscore are internal and are not written, but for the time and a collection's key.
            IReadOnlyList<string> columns = stage.Appends && old is { Columns.Count: > 0 }
                ? old.Columns
                : [.. _rows.Names.Where(name => !name.StartsWith('_') || name is "_time" or "_key")];
            var rows = Enumerable.Range(0, _rows.Count).Select(row => columns.Select(name => _rows.Get(name, row)).ToArray());
            if (stage.Appends && old is not null)
                rows = Enumerable.Range(0, old.Count).Select(row => columns.Select(name => old.Column(name) is { } cells ? cells[row] : Value.Null).ToArray()).Concat(rows);
            store.Write(stage.Table, columns, rows.ToList());
        }
    }
}
