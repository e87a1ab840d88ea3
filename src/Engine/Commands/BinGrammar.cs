using Karst.Engine.Plans;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>The options of buckets, as `bin`, `chart` and `timechart` take them.</summary>
static class BinGrammar
{
    /// <summary>Their names.</summary>
    internal static string[] Names { get; } = ["span", "bins", "minspan", "start", "end", "aligntime"];

    /// <summary>The options with one more; null when the name is not known.</summary>
    internal static BinOptions? Option(BinOptions options, CommandSyntax syntax, string name, Token value, BindContext context) => name switch
    {
        "span" => options with { Span = Length(syntax, name, value) },
        "minspan" => options with { Least = Length(syntax, name, value) },
        "bins" => options with { Bins = OptionValue.Whole(syntax, name, value, 2) },
        "start" => options with { Start = OptionValue.Number(syntax, name, value) },
        "end" => options with { End = OptionValue.Number(syntax, name, value) },
        "aligntime" => options with { Align = Alignment(syntax, name, value, context) },
        _ => null,
    };

    static SpanLength Length(CommandSyntax syntax, string name, Token value) =>
        SpanLength.Parse(value.Value) ?? throw CommandErrors.BadValue(syntax, name, value, "a number, a time such as `5m` or `1d`, or a power such as `log2`");

    static BinAlignment Alignment(CommandSyntax syntax, string name, Token value, BindContext context) => value.Value.ToLowerInvariant() switch
    {
        "earliest" => new BinAlignment(0, 1),
        "latest" => new BinAlignment(0, 2),
        _ => TimeModifier.TryParse(value.Value, context.Now, context.Zone, out var time)
            ? new BinAlignment(time, 0)
            : throw CommandErrors.BadValue(syntax, name, value, "`earliest`, `latest` or a time such as `@d+3h`"),
    };
}
