using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Karst.Spl;

namespace Karst.Units.Spl;

/// <summary>A search of the corpus: its file, what it is (search, drilldown, macro), and its text.</summary>
sealed record CorpusSearch(string File, string Kind, string Text)
{
    public override string ToString() => $"{File} ({Kind})";
}

/// <summary>The searches and macros of the rule collection beside the project.</summary>
sealed class Corpus : IMacroSource
{
    static readonly Lazy<Corpus?> s_instance = new(Load);

    readonly Dictionary<string, Macro> _macros = [];

    /// <summary>The corpus, or the test is skipped.</summary>
    public static Corpus Get()
    {
        Assert.SkipWhen(s_instance.Value is null, SharedData.Reason);
        return s_instance.Value!;
    }

    public List<CorpusSearch> Searches { get; } = [];

    public List<Macro> Macros { get; } = [];

    public Macro? Find(string key) => _macros.GetValueOrDefault(key)
        ?? (key.EndsWith("_filter", StringComparison.Ordinal) ? new Macro(key, [], "search *") : null);

    static Corpus? Load()
    {
        if (SharedData.Root is not { } root) return null;
        var corpus = new Corpus();
        var folder = Path.Combine(root, "corpora", "escu-2024-10");
        corpus.Define(new Macro("drop_dm_object_name", ["arg"], "rename \"$arg$.*\" as \"*\""));
        foreach (var part in new[] { "macros", "baselines", "detections" })
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, part), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                corpus.Read(file, Path.GetRelativePath(folder, file));
        return corpus;
    }

    void Define(Macro macro)
    {
        Macros.Add(macro);
        _macros[macro.Key] = macro;
    }

    void Read(string file, string name)
    {
        using var reader = new StreamReader(file);
        var parser = new Parser(reader);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        parser.Consume<MappingStart>();
        string? macro = null, definition = null;
        List<string> arguments = [];
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            switch (parser.Consume<Scalar>().Value)
            {
                case "search": Searches.Add(new CorpusSearch(name, "search", parser.Consume<Scalar>().Value)); break;
                case "drilldown_searches": ReadDrilldowns(parser, name); break;
                case "name": macro = parser.Consume<Scalar>().Value; break;
                case "definition": definition = parser.Consume<Scalar>().Value; break;
                case "arguments" when parser.TryConsume<SequenceStart>(out _):
                    while (!parser.TryConsume<SequenceEnd>(out _)) arguments.Add(parser.Consume<Scalar>().Value);
                    break;
                default: parser.SkipThisAndNestedEvents(); break;
            }
        }
        if (definition is not null) Define(new Macro(macro!, arguments, definition));
    }

    void ReadDrilldowns(Parser parser, string name)
    {
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            parser.SkipThisAndNestedEvents();
            return;
        }
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            parser.Consume<MappingStart>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (parser.Consume<Scalar>().Value == "search") Searches.Add(new CorpusSearch(name, "drilldown", parser.Consume<Scalar>().Value));
                else parser.SkipThisAndNestedEvents();
            }
        }
    }
}
