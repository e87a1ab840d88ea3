using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Collections;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the rows as events of a summary index in the state folder, and passes them on (Splunk search reference, collect).</summary>
sealed class Collect : Command
{
    static readonly string[] s_options =
        ["index", "addinfo", "addtime", "marker", "host", "source", "sourcetype", "timeformat", "testmode", "output_format", "file", "spool", "uselb", "run_in_preview"];

    public override string Name => "collect";

    public override string Usage =>
        "collect [index=<index>] [addinfo=<bool>] [addtime=<bool>] [marker=<text>] [host=<text>] [source=<text>] [sourcetype=<text>] [timeformat=<format>] [testmode=<bool>]";

    public override string Summary => "Keeps the rows as events of a summary index in the state folder, and passes them on.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var form = new CollectedForm();
        var isTest = false;
        while (!reader.AtEnd)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            if (!reader.TryOption(out var name, out var value)) throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
            switch (name)
            {
                case "index": form = form with { Index = value.Value }; break;
                case "addinfo": form = form with { AddsInfo = OptionValue.Bool(syntax, name, value) }; break;
                case "addtime": form = form with { AddsTime = OptionValue.Bool(syntax, name, value) }; break;
                case "marker": form = form with { Marker = value.Value }; break;
                case "host": form = form with { Host = value.Value }; break;
                case "source": form = form with { Source = value.Value }; break;
                case "sourcetype": form = form with { Sourcetype = value.Value }; break;
                case "timeformat": form = form with { TimeFormat = value.Value }; break;
                case "testmode": isTest = OptionValue.Bool(syntax, name, value); break;
                case "output_format":
                    form = value.Value.ToLowerInvariant() switch
                    {
                        "raw" => form with { KeepsOrigin = false },
                        "hec" => form with { KeepsOrigin = true },
                        _ => throw CommandErrors.BadValue(syntax, name, value, "`raw` or `hec`"),
                    };
                    break;
                // How Splunk brings the events to its indexers; here they go into one file.
                case "spool" or "uselb" or "run_in_preview": OptionValue.Bool(syntax, name, value); break;
                case "file": break;
                default: throw CommandErrors.UnknownOption(syntax, name, value.Span, s_options);
            }
        }
        return new CollectStage(form, context.Knowledge.Store?.Indexes) { IsTest = isTest, At = syntax.Span };
    }
}

/// <summary>Appends rows to an index of a store; without a store nothing is written, and the run says so.</summary>
public sealed record CollectStage(CollectedForm Form, IndexStore? Store) : Stage
{
    /// <summary>Nothing is written, and the events that would have been come out in the place of the rows.</summary>
    public bool IsTest { get; init; }

    /// <inheritdoc/>
    public override bool HasEffects => true;

    /// <inheritdoc/>
    public override string Command => "collect";

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    /// <inheritdoc/>
    public override FieldSet Writes => IsTest ? FieldSet.All : FieldSet.None;

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new CollectOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"collect index={Form.Index}{(IsTest ? " testmode=true" : "")}";

    sealed class CollectOperator(CollectStage stage, RunContext run) : Operator
    {
        readonly List<string> _documents = [];
        long _bytes;
        bool _isDone;

        public override bool Push(Batch batch)
        {
            if (stage.IsTest || stage.Store is not null)
            {
                var events = new RowBuilder();
                for (var row = 0; row < batch.Count; row++)
                {
                    var fields = stage.Form.Event(batch, row, run);
                    if (stage.IsTest) foreach (var (name, value) in fields) events.Set(name, value);
                    else
                    {
                        var document = RecordText.Write(fields);
                        _documents.Add(document);
                        _bytes += 32 + (document.Length * 2L);
                    }
                    events.Next();
                }
                if (stage.IsTest) batch = events.Take();
            }
            if (_bytes > run.Limits.MemoryBytes) throw new SearchFailedException(LimitMessages.Memory("collect", run.Limits.MemoryBytes));
            if (!_isDone) _isDone = !Next.Push(batch);
            // All rows are kept, also those that nobody behind wants.
            return (stage.Store is not null && !stage.IsTest) || !_isDone;
        }

        public override void Finish()
        {
            if (!stage.IsTest)
            {
                if (stage.Store is null) run.Messages.Add("collect", $"nothing was written to the index `{stage.Form.Index}`: no state folder is given");
                else if (_documents.Count > 0) Write(stage.Store);
            }
            Next.Finish();
        }

        void Write(IndexStore store)
        {
            try
            {
                store.Append(stage.Form.Index, _documents);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new SearchFailedException($"`collect` cannot write to the index `{stage.Form.Index}`: {error.Message}");
            }
        }
    }
}
