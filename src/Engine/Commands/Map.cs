using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Runs a search for each row (Splunk search reference, map).</summary>
sealed class Map : Command
{
    public override string Name => "map";

    public override string Usage => "map (search=\"<search>\" | [<subsearch>]) [maxsearches=<int>]";

    public override string Summary => "Runs a search for each row, with the row's fields in it, and gives what those searches find.";

    public override Stage Bind(CommandSyntax syntax, BindContext context)
    {
        var reader = new ArgumentReader(syntax);
        MapTemplate? template = null;
        var at = syntax.Span;
        var most = 10;
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out var name, out var value))
            {
                if (name == "maxsearches") most = OptionValue.Whole(syntax, name, value, 1);
                else if (name == "search" && template is null) (template, at) = (new MapTemplate(value.Value), value.Span);
                else throw CommandErrors.UnknownOption(syntax, name, value.Span, "search", "maxsearches");
            }
            else if (template is null && reader.Peek().Kind == TokenKind.Subsearch)
            {
                var token = reader.Take();
                (template, at) = (new MapTemplate(token.Text[1..^1]), token.Span);
            }
            else if (template is null && reader.Peek().Kind is TokenKind.Word or TokenKind.Quoted)
                throw CommandErrors.Unsupported(syntax, "a saved search", reader.Peek().Span, "give the search itself, with `search=\"...\"`");
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        if (template is null) throw CommandErrors.Missing(syntax, "a search: `search=\"...\"` or one in brackets");
        // What can be said of the search before the rows are known is said now: a value that fits everywhere stands for the fields.
        Try(context, template.Fill(static _ => "1"), at);
        return new MapStage(template, most, text => Try(context, text, at)) { At = syntax.Span };
    }

    // Macros in the search were expanded with the search around it. The filled text is not looked at for more: a value of a log could name one.
    static Plan Try(BindContext context, string text, Span at)
    {
        var known = context.Diagnostics.Count;
        try
        {
            var parsed = SplParser.Parse(text);
            if (parsed.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error) throw new SplException(error);
            return context.BindSubsearch(parsed.Search);
        }
        catch (SplException error)
        {
            throw new SplException(error.Diagnostic with { At = at, Message = $"the search of `map` cannot be run: {error.Diagnostic.Message}" });
        }
        finally
        {
            // The places of warnings are those in the filled text, of which the reader sees none.
            for (var i = known; i < context.Diagnostics.Count; i++) context.Diagnostics[i] = context.Diagnostics[i] with { At = at };
        }
    }
}

/// <summary>A search for each of the first rows; what they find, one after the other.</summary>
public sealed record MapStage(MapTemplate Template, int Most, Func<string, Plan> Bind) : Stage
{
    /// <inheritdoc/>
    public override bool HasEffects => true;

    /// <inheritdoc/>
    public override string Command => "map";

    /// <inheritdoc/>
    public override bool NeedsOrder => true;

    /// <inheritdoc/>
    public override bool MakesOrder => true;

    /// <inheritdoc/>
    public override FieldSet Needs(FieldSet after) => FieldSet.Of(Template.Fields);

    /// <inheritdoc/>
    public override Operator Open(RunContext run) => new MapOperator(this, run);

    /// <inheritdoc/>
    public override string Describe() => $"map maxsearches={Most} search=\"{Template.Text}\"";

    sealed class MapOperator(MapStage stage, RunContext run) : Operator
    {
        int _searches;

        public override bool Push(Batch batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                run.ThrowIfCancelled();
                if (_searches == stage.Most)
                {
                    run.Messages.Add("map-limit", $"`map` ran {stage.Most} searches and left the other rows out; `maxsearches=` sets how many");
                    return false;
                }
                if (!RunFor(batch, row)) return false;
            }
            return true;
        }

        bool RunFor(Batch batch, int row)
        {
            _searches++;
            var text = stage.Template.Fill(name => name == "_serial_id_"
                ? _searches.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : batch.Find(name)?.Values[row] is { IsNull: false } value
                    ? value.ToString()
                    : throw new SearchFailedException($"`map` found a row without the field `{name}`, which its search needs"));
            foreach (var found in SubsearchRows.Run(Plan(text), 0, run).ToBatches(run.BatchSize))
                if (!Next.Push(found)) return false;
            return true;
        }

        Plan Plan(string text)
        {
            try
            {
                return stage.Bind(text);
            }
            catch (SplException error)
            {
                throw new SearchFailedException(error.Diagnostic.Message);
            }
        }
    }
}
