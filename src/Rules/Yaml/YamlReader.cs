using Karst.Spl;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Karst.Rules.Yaml;

/// <summary>Text to YAML nodes through the parser's events: no reflection, places kept, depth and size bounded.</summary>
sealed class YamlReader
{
    const int MaxDepth = 50;
    const int MaxNodes = 200_000;

    readonly string _path;
    readonly Parser _parser;
    readonly List<RuleDiagnostic> _diagnostics;
    readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    int _nodes;

    YamlReader(string path, string text, List<RuleDiagnostic> diagnostics)
    {
        _path = path;
        _parser = new Parser(new StringReader(text));
        _diagnostics = diagnostics;
    }

    /// <summary>Reads the first document, and says so when there are more; null with a diagnostic when it cannot be read, null without one when the file is empty.</summary>
    public static YamlNode? Read(string path, string text, List<RuleDiagnostic> diagnostics) => PlainYaml.Read(text) ?? ReadAny(path, text, diagnostics);

    /// <summary>As <see cref="Read"/>, by the library whatever the text is.</summary>
    internal static YamlNode? ReadAny(string path, string text, List<RuleDiagnostic> diagnostics)
    {
        try
        {
            return new YamlReader(path, text, diagnostics).ReadDocument();
        }
        catch (RefusedException refused)
        {
            diagnostics.Add(new RuleDiagnostic(path, refused.At, refused.Diagnostic));
        }
        catch (YamlException error)
        {
            diagnostics.Add(new RuleDiagnostic(path, PlaceOf(error.Start), RuleErrors.NotYaml(Sentence(error.Message))));
        }
        return null;
    }

    YamlNode? ReadDocument()
    {
        while (_parser.MoveNext())
        {
            if (_parser.Current is not DocumentStart) continue;
            _parser.MoveNext();
            if (_parser.Current is DocumentEnd) return null;
            var root = ReadNode(0);
            if (Next() is DocumentEnd && Next() is DocumentStart another) _diagnostics.Add(new RuleDiagnostic(_path, PlaceOf(another.Start), RuleErrors.SecondDocument()));
            return root;
        }
        return null;
    }

    YamlNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        var at = PlaceOf(current.Start);
        if (depth > MaxDepth) throw new RefusedException(at, RuleErrors.TooDeep(MaxDepth));
        if (++_nodes > MaxNodes) throw new RefusedException(at, RuleErrors.TooLarge("values", MaxNodes));
        switch (current)
        {
            case AnchorAlias alias:
                if (!_anchors.TryGetValue(alias.Value.Value, out var known)) throw new RefusedException(at, RuleErrors.UnknownAnchor(alias.Value.Value));
                return known ?? throw new RefusedException(at, RuleErrors.Circular(alias.Value.Value));
            case Scalar scalar:
                var text = new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, (int)scalar.Start.Index, at);
                if (!scalar.Anchor.IsEmpty) _anchors[scalar.Anchor.Value] = text;
                return text;
            case SequenceStart sequence:
                var list = new YamlList(at);
                Begin(sequence.Anchor);
                while (Next() is not SequenceEnd) list.Items.Add(ReadNode(depth + 1));
                End(sequence.Anchor, list);
                return list;
            case MappingStart mapping:
                var map = new YamlMap(at);
                Begin(mapping.Anchor);
                while (Next() is not MappingEnd) ReadEntry(map, depth);
                End(mapping.Anchor, map);
                return map;
            default:
                throw new RefusedException(at, RuleErrors.NotYaml("a value was needed here"));
        }
    }

    void ReadEntry(YamlMap map, int depth)
    {
        var key = ReadNode(depth + 1);
        Next();
        var value = ReadNode(depth + 1);
        if (key is not YamlScalar { Value: var name }) throw new RefusedException(key.At, RuleErrors.NotYaml($"a key has to be a text, not {key.Kind}"));
        if (!map.TryAdd(name, key.At, value)) _diagnostics.Add(new RuleDiagnostic(_path, key.At, RuleErrors.DuplicateKey(name)));
    }

    void Begin(AnchorName anchor)
    {
        if (!anchor.IsEmpty) _anchors[anchor.Value] = null;
    }

    void End(AnchorName anchor, YamlNode node)
    {
        if (!anchor.IsEmpty) _anchors[anchor.Value] = node;
    }

    ParsingEvent Next()
    {
        _parser.MoveNext();
        return _parser.Current ?? throw new RefusedException(default, RuleErrors.NotYaml("it ends in the middle of a value"));
    }

    static FilePlace PlaceOf(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    // The library puts the place before its message, and sometimes an inner message behind.
    static string Sentence(string message)
    {
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        return (end < 0 ? message : message[(end + 3)..]).TrimEnd('.', ' ');
    }

    sealed class RefusedException(FilePlace at, Diagnostic diagnostic) : Exception(diagnostic.Message)
    {
        public FilePlace At { get; } = at;

        public Diagnostic Diagnostic { get; } = diagnostic;
    }
}
