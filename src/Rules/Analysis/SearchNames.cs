using Karst.Spl;

namespace Karst.Rules.Analysis;

/// <summary>The data models and lookups that a search names, subsearches included; each once, sorted.</summary>
sealed class SearchNames
{
    readonly SortedSet<string> _models = new(StringComparer.Ordinal);
    readonly SortedSet<string> _lookups = new(StringComparer.Ordinal);

    /// <summary>`Endpoint.Processes`, or `Web` where no dataset is named.</summary>
    public IReadOnlyCollection<string> Models => _models;

    /// <summary>The lookups that are read or written.</summary>
    public IReadOnlyCollection<string> Lookups => _lookups;

    public void Note(CommandSyntax command)
    {
        switch (command.Name)
        {
            case "lookup" or "inputlookup" or "outputlookup":
                if (LookupOf(command) is { } lookup) _lookups.Add(lookup);
                break;
            case "tstats":
                NoteTstats(command);
                break;
            case "from" or "datamodel":
                NoteFrom(command);
                break;
        }
    }

    /// <summary>The lookup that a command names: the first word that is no option; null when there is none.</summary>
    public static string? LookupOf(CommandSyntax command)
    {
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (reader.TryOption(out _, out _)) continue;
            return reader.Peek() is { Kind: TokenKind.Word or TokenKind.Quoted, Value: var name } ? name : null;
        }
        return null;
    }

    void NoteTstats(CommandSyntax command)
    {
        string? model = null, node = null;
        var reader = new ArgumentReader(command);
        while (!reader.AtEnd)
        {
            if (!reader.TryOption(out var option, out var value)) reader.Take();
            else if (option == "datamodel") model = value.Value;
            else if (option == "nodename") node = value.Value;
        }
        // `from datamodel Web`, without the sign, is taken too.
        model ??= Behind(command, "datamodel");
        if (model is not null) Add(model, node);
    }

    void NoteFrom(CommandSyntax command)
    {
        var words = command.Arguments.Where(static token => token.Kind is TokenKind.Word or TokenKind.Quoted).Select(static token => token.Value.Trim('"')).ToList();
        if (command.Name == "datamodel") words.Insert(0, "datamodel");
        if (words is [var first, ..] && first.StartsWith("datamodel:", StringComparison.OrdinalIgnoreCase)) words = ["datamodel", first["datamodel:".Length..], .. words.Skip(1)];
        if (words is not [var kind, var model, .. var rest] || !kind.TrimEnd(':').Equals("datamodel", StringComparison.OrdinalIgnoreCase)) return;
        Add(model.Trim('"'), command.Name == "datamodel" && rest is [var dataset, ..] ? dataset : null);
    }

    static string? Behind(CommandSyntax command, string word)
    {
        for (var i = 0; i + 1 < command.Arguments.Count; i++)
            if (command.Arguments[i].Text.Equals(word, StringComparison.OrdinalIgnoreCase) && command.Arguments[i + 1].Kind == TokenKind.Word) return command.Arguments[i + 1].Value;
        return null;
    }

    // The dataset stands behind the model's name, or is the node of the search; a lineage ends with it.
    void Add(string model, string? node)
    {
        var dataset = node ?? (model.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? model[(dot + 1)..] : null);
        var name = model.Split('.')[0];
        if (name.Length > 0) _models.Add(dataset is null ? name : $"{name}.{dataset[(dataset.LastIndexOf('.') + 1)..]}");
    }
}
