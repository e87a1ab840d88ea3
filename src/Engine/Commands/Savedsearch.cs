using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Commands;

/// <summary>Runs a saved search of an app.</summary>
sealed class Savedsearch : Command
{
    const int MaxDepth = 16;

    public override string Name => "savedsearch";

    public override string Usage => "savedsearch <name> [<token>=<value>] ... [nosubstitution=<bool>]";

    public override string Summary => "Runs a saved search of an app, with values put in the place of its tokens.";

    public override Stage Bind(CommandSyntax syntax, BindContext context) => BindStages(syntax, context) is [var only]
        ? only
        : throw CommandErrors.Unsupported(syntax, "a saved search of several commands", syntax.NameSpan, "`savedsearch` can begin a search or a subsearch");

    public override IReadOnlyList<Stage> BindStages(CommandSyntax syntax, BindContext context)
    {
        if (!context.IsFirst) throw GeneratedSearch.NotFirst(syntax);
        var reader = new ArgumentReader(syntax);
        Token? name = null;
        var substitutes = true;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!reader.AtEnd)
        {
            var word = reader.Peek().Text;
            if (reader.TryOption(out var option, out var value))
            {
                if (option == "nosubstitution") substitutes = !OptionValue.Bool(syntax, option, value);
                else values[word] = value.Value;
            }
            else if (name is null) name = reader.TakeField("the name of a saved search");
            else throw ArgumentReader.Error(SplErrors.Unexpected(reader.Peek(), syntax));
        }
        return name is null ? throw CommandErrors.Missing(syntax, "the name of a saved search") : Find(name.Value, name.Span, substitutes ? values : null, context);
    }

    /// <summary>The stages of a saved search; throws at the place of its name.</summary>
    internal static IReadOnlyList<Stage> Find(string name, Span at, Dictionary<string, string>? values, BindContext context)
    {
        var text = context.Knowledge.FindSavedSearch(name)
            ?? throw new SplException(new Diagnostic("KNW026", $"no saved search `{name}` is defined", at, "an app whose savedsearches.conf has it can be given with --app", DiagnosticKind.Name));
        foreach (var (token, value) in values ?? []) text = text.Replace($"${token}$", value, StringComparison.Ordinal);
        if (context.TextDepth >= MaxDepth) throw new SplException(new Diagnostic("KNW027", $"saved searches run each other more than {MaxDepth} deep", at));
        try
        {
            return context.BindSourceText!(text).Stages;
        }
        catch (SplException error) when (error.Diagnostic.Code != "KNW027")
        {
            // Its place is one in another text.
            throw new SplException(error.Diagnostic with { At = at, Message = $"the saved search `{name}` cannot run: {error.Message}" });
        }
    }
}
