using Karst.Spl;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>A column of a lookup and the field that it is compared with, or written to.</summary>
public sealed record LookupPair(string Column, string Field);

/// <summary>The arguments of the `lookup` command and of LOOKUP- in props.conf, which are the same. No outputs: all other columns.</summary>
public sealed record LookupSpec(string Name, IReadOnlyList<LookupPair> Inputs, IReadOnlyList<LookupPair>? Outputs, bool OnlyNew)
{
    /// <summary>Where the lookup's name stands.</summary>
    public Span At { get; init; }

    /// <summary>Reads the arguments; throws <see cref="SplException"/>.</summary>
    public static LookupSpec Read(ArgumentReader reader)
    {
        // Where Splunk would look, and whether it would read a changed table anew: there is one machine, and one run.
        while (reader.Peek() is { Kind: TokenKind.Word, Text: var word } && word.ToLowerInvariant() is "local" or "update" && reader.TryOption(out var option, out var value))
            if (value.Value.ToLowerInvariant() is not ("true" or "t" or "1" or "yes" or "y" or "false" or "f" or "0" or "no" or "n"))
                throw ArgumentReader.Error(SplErrors.Expected($"`true` or `false` for `{option}`", value, reader.Command));
        var name = reader.TakeField("the name of a lookup");
        var inputs = Pairs(reader);
        if (inputs.Count == 0) throw ArgumentReader.Error(SplErrors.Expected("a field to look up", reader.Peek(), reader.Command));
        var onlyNew = reader.TryKeyword("OUTPUTNEW");
        var hasOutputs = onlyNew || reader.TryKeyword("OUTPUT");
        var outputs = hasOutputs ? Pairs(reader) : null;
        reader.ExpectEnd();
        return new LookupSpec(name.Value, inputs, outputs is { Count: > 0 } ? outputs : null, onlyNew) { At = name.Span };
    }

    static List<LookupPair> Pairs(ArgumentReader reader)
    {
        var pairs = new List<LookupPair>();
        while (true)
        {
            if (reader.Peek().Kind == TokenKind.Comma)
            {
                reader.Take();
                continue;
            }
            if (reader.Peek().Kind is not (TokenKind.Word or TokenKind.Quoted or TokenKind.SingleQuoted)) return pairs;
            if (reader.Peek() is { Kind: TokenKind.Word } word && word.Text.ToUpperInvariant() is "OUTPUT" or "OUTPUTNEW") return pairs;
            var column = reader.Take().Value;
            pairs.Add(new LookupPair(column, reader.TryKeyword("AS") ? reader.TakeField().Value : column));
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name} {Text(Inputs)}" + (Outputs is null ? "" : $" {(OnlyNew ? "OUTPUTNEW" : "OUTPUT")} {Text(Outputs)}");

    static string Text(IReadOnlyList<LookupPair> pairs) =>
        string.Join(", ", pairs.Select(pair => pair.Column == pair.Field ? pair.Column : $"{pair.Column} AS {pair.Field}"));
}
