using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Makes one row of events that belong together.</summary>
sealed class Transaction : Command
{
    static readonly string[] s_options = ["maxspan", "maxpause", "maxevents", "startswith", "endswith", "connected", "keepevicted", "keeporphans", "mvlist", "mvraw", "nullstr", "delim", "maxopentxn", "maxopenevents", "unifyends"];

    public override string Name => "transaction";

    public override string Usage => "transaction [<field>...] [maxspan=<time>] [maxpause=<time>] [maxevents=<count>] [startswith=<filter>] [endswith=<filter>] [connected=<bool>] [keepevicted=<bool>] [keeporphans=<bool>] [maxopentxn=<count>] [maxopenevents=<count>] [unifyends=<bool>] [mvlist=<bool>|<field>,...] [mvraw=<bool>] [nullstr=<text>]";

    public override string Summary => "Makes one row of events that have equal fields and follow each other closely.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var stage = new TransactionStage([]) { At = syntax.Span };
        var fields = new List<string>();
        while (!reader.AtEnd)
        {
            var word = reader.Peek();
            if (word.Kind == TokenKind.Comma) reader.Take();
            else if (reader.Peek(1) is not { Kind: TokenKind.Operator, Text: "=" })
            {
                var field = FieldArgument.TakePlain(reader);
                fields.Add(field.Value);
            }
            else if (word.Text.ToLowerInvariant() is "startswith" or "endswith")
            {
                reader.Position += 2;
                var filter = TransactionFilter.Take(reader, context);
                stage = word.Text.StartsWith('s') || word.Text.StartsWith('S') ? stage with { StartsWith = filter } : stage with { EndsWith = filter };
            }
            else if (reader.TryOption(out var name, out var value)) stage = Option(stage, syntax, name, value);
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        return stage with { Fields = fields };
    }

    static TransactionStage Option(TransactionStage stage, CommandSyntax syntax, string name, Token value) => name switch
    {
        "maxspan" => stage with { MostSpan = Seconds(syntax, name, value) },
        "maxpause" => stage with { MostPause = Seconds(syntax, name, value) },
        "maxevents" => stage with { MostEvents = OptionValue.Whole(syntax, name, value, -1) },
        "connected" => stage with { IsConnected = OptionValue.Bool(syntax, name, value) },
        "keepevicted" => stage with { KeepsEvicted = OptionValue.Bool(syntax, name, value) },
        "keeporphans" => stage with { KeepsOrphans = OptionValue.Bool(syntax, name, value) },
        "mvlist" => value.Value.ToLowerInvariant() is "true" or "t" or "1" or "false" or "f" or "0"
            ? stage with { IsList = OptionValue.Bool(syntax, name, value) }
            : stage with { ListFields = value.Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) },
        "mvraw" => stage with { ListsRaw = OptionValue.Bool(syntax, name, value) },
        "nullstr" => stage with { Missing = value.Value },
        // How several values are shown where only one can be; they stay several here.
        "delim" => stage,
        "maxopentxn" => stage with { MostOpen = OptionValue.Whole(syntax, name, value, 1) },
        "maxopenevents" => stage with { MostOpenEvents = OptionValue.Whole(syntax, name, value, 1) },
        "unifyends" => Unified(stage, syntax, name, value),
        "name" => throw CommandErrors.Unsupported(syntax, "`name`", value.Span, "it takes the options of a stanza of transactiontypes.conf, which is not read; write them here"),
        _ => throw CommandErrors.UnknownOption(syntax, name, value.Span, s_options),
    };

    // Where it is false, an event that ends a transaction need not share a field with it; which one of several it then ends is not documented.
    static TransactionStage Unified(TransactionStage stage, CommandSyntax syntax, string name, Token value)
    {
        OptionValue.Bool(syntax, name, value);
        return stage;
    }

    static double Seconds(CommandSyntax syntax, string name, Token value) => value.Value == "-1" ? double.PositiveInfinity
        : SpanLength.Parse(value.Value) switch
        {
            TimeLength { Unit: <= TimeUnit.Week, Snap: null } time => time.Seconds,
            NumberSpan seconds => seconds.Size,
            _ => throw CommandErrors.BadValue(syntax, name, value, "a time such as `30s`, `5m`, `12h` or `2d`, or -1"),
        };
}

/// <summary>Events with equal fields as one row each.</summary>
public sealed record TransactionStage(IReadOnlyList<string> Fields) : Stage
{
    /// <summary>Seconds between the first and the last event.</summary>
    public double MostSpan { get; init; } = double.PositiveInfinity;

    /// <summary>Seconds between two events that follow each other.</summary>
    public double MostPause { get; init; } = double.PositiveInfinity;

    /// <summary>Events of one transaction; negative is any number.</summary>
    public int MostEvents { get; init; } = 1_000;

    /// <summary>Transactions that may be open at a time; the one without an event for longest is evicted. Splunk has a limit of 5,000 where none is given.</summary>
    public int MostOpen { get; init; } = int.MaxValue;

    /// <summary>Events that open transactions may have together, in the same way. Splunk has a limit of 100,000 where none is given.</summary>
    public int MostOpenEvents { get; init; } = int.MaxValue;

    /// <summary>What the earliest event has to be.</summary>
    public TransactionFilter? StartsWith { get; init; }

    /// <summary>What the latest event has to be.</summary>
    public TransactionFilter? EndsWith { get; init; }

    /// <summary>An event that shares no field with a transaction opens one of its own.</summary>
    public bool IsConnected { get; init; } = true;

    /// <summary>Transactions that were not closed come out too.</summary>
    public bool KeepsEvicted { get; init; }

    /// <summary>Fields list the values of all events in the order of time instead of the distinct ones.</summary>
    public bool IsList { get; init; }

    /// <summary>As <see cref="IsList"/>, for these fields alone.</summary>
    public IReadOnlyList<string> ListFields { get; init; } = [];

    /// <summary>What stands in a list for an event without the field.</summary>
    public string Missing { get; init; } = "NULL";

    /// <summary>`_raw` lists the events instead of holding all as one text.</summary>
    public bool ListsRaw { get; init; }

    /// <summary>Events that belong to no transaction come out too, marked by `_txn_orphan`.</summary>
    public bool KeepsOrphans { get; init; }

    /// <inheritdoc/>
    public override string Command => "transaction";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after)
    {
        var needed = after.With(Fields).With("_time");
        if (StartsWith is { } start) needed = needed.Union(start.Needs);
        return EndsWith is { } end ? needed.Union(end.Needs) : needed;
    }

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new TransactionOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"transaction {string.Join(' ', Fields)}".TrimEnd();
}
