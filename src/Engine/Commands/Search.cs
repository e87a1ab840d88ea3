using Karst.Engine.Plans;
using Karst.Engine.Search;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Keeps the rows that match words, phrases and field comparisons; as the first command it reads events.</summary>
sealed class Search : Command
{
    public override string Name => "search";

    public override string Usage => "search <words, \"phrases\", field=value, field IN (a, b*), NOT, OR, parentheses, [subsearch]>";

    public override string Summary => "Keeps the rows that match words, phrases and field comparisons.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var expression = SplParser.ParseSearch(reader);
        reader.ExpectEnd();
        return new FilterStage(PredicateBinder.Bind(expression, context.BindSubsearch)) { At = syntax.Span };
    }

    /// <summary>Binds a first search: `earliest` and `latest` become the time range, see <see cref="TimeTerms"/>.</summary>
    internal static (EventsStage Events, FilterStage? Filter) BindFirst(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        var expression = SplParser.ParseSearch(reader);
        reader.ExpectEnd();
        var events = new EventsStage(FieldSet.All) { At = syntax.Span };
        var rest = TimeTerms.Take(expression, ref events, context);
        return (events, rest is null ? null : new FilterStage(PredicateBinder.Bind(rest, context.BindSubsearch)) { At = syntax.Span });
    }
}
