using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The options that `chart` and `timechart` share (Splunk search reference, chart and timechart).</summary>
public sealed record SeriesOptions
{
    static readonly string[] s_names = ["limit", "useother", "otherstr", "usenull", "nullstr", "sep", "format", "cont", "dedup_splitvals"];

    /// <summary>Which series are kept.</summary>
    public SeriesLimit? Limit { get; init; }

    /// <summary>The series that are not kept make one together.</summary>
    public bool UsesOther { get; init; } = true;

    /// <summary>What that one is called.</summary>
    public string Other { get; init; } = "OTHER";

    /// <summary>Rows without the field of the series make one of their own.</summary>
    public bool UsesNull { get; init; } = true;

    /// <summary>What that one is called.</summary>
    public string Null { get; init; } = "NULL";

    /// <summary>What parts an aggregate's name from that of a series.</summary>
    public string Separator { get; init; } = ": ";

    /// <summary>How a column is named, with `$AGG$` and `$VAL$`; wins over <see cref="Separator"/>.</summary>
    public string? Format { get; init; }

    /// <summary>Buckets without rows come out as well.</summary>
    public bool IsContinuous { get; init; } = true;

    /// <summary>Equal values of one field in one row count once.</summary>
    public bool SplitsDistinct { get; init; }

    /// <summary>All that may be named, with those of the command itself.</summary>
    internal static string[] Names(params string[] own) => [.. own, .. s_names];

    /// <summary>These options with one more; null when the name is not known.</summary>
    internal SeriesOptions? With(CommandSyntax syntax, string name, Token value) => name switch
    {
        "limit" => this with { Limit = SeriesLimit.Option(syntax, name, value) },
        "useother" => this with { UsesOther = OptionValue.Bool(syntax, name, value) },
        "otherstr" => this with { Other = value.Value },
        "usenull" => this with { UsesNull = OptionValue.Bool(syntax, name, value) },
        "nullstr" => this with { Null = value.Value },
        "sep" => this with { Separator = value.Value },
        "format" => this with { Format = value.Value },
        "cont" => this with { IsContinuous = OptionValue.Bool(syntax, name, value) },
        "dedup_splitvals" => this with { SplitsDistinct = OptionValue.Bool(syntax, name, value) },
        _ => null,
    };

    /// <summary>The column of an aggregate and a series; the series alone names it where there is one aggregate.</summary>
    internal string ColumnName(string aggregate, string series, bool isOnly) => SeriesName.Of(Format, Separator, aggregate, series, isOnly);
}
