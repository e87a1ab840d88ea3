using Karst.Rules.Escu;

namespace Karst.Rules;

/// <summary>Reads rules from files and folders. One bad file is named, and the rest goes on.</summary>
public static class RuleFolder
{
    /// <summary>
    /// Reads files and, recursively, the `*.yml` and `*.yaml` of folders, sorted by path. A file of a folder that is no detection
    /// (a macro, a lookup, a story) is passed over; one that was named itself is a diagnostic.
    /// </summary>
    public static LoadResult Load(IEnumerable<string> paths)
    {
        var all = Read(paths, listed: null);
        var diagnostics = new List<RuleDiagnostic>(all.Diagnostics);
        return new LoadResult(WithoutDuplicates(all.Rules, diagnostics), diagnostics);
    }

    /// <summary>As <see cref="Load"/>, with all rules of one id (versions of a rule), and those that can only be shown.</summary>
    public static LoadResult LoadAll(IEnumerable<string> paths)
    {
        var listed = new List<ListedRule>();
        return Read(paths, listed) with { Listed = listed };
    }

    static LoadResult Read(IEnumerable<string> paths, List<ListedRule>? listed)
    {
        var diagnostics = new List<RuleDiagnostic>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var files = new List<(string Path, bool Named)>();
        foreach (var path in paths)
        {
            if (File.Exists(path)) Add(path, named: true);
            else if (Directory.Exists(path))
                foreach (var file in FilesOf(path, diagnostics)) Add(file, named: false);
            else diagnostics.Add(new RuleDiagnostic(path, new FilePlace(1, 1), RuleErrors.NoSuchPath()));
        }
        var rules = new List<Rule>();
        // Side by side, and told in the order of the files.
        foreach (var one in files.AsParallel().AsOrdered().Select(file => ReadOne(file.Path, file.Named, listed is not null)))
        {
            if (one.Rule is not null) rules.Add(one.Rule);
            diagnostics.AddRange(one.Diagnostics);
            listed?.AddRange(one.Listed);
        }
        return new LoadResult(rules, diagnostics);

        void Add(string file, bool named)
        {
            if (seen.Add(Path.GetFullPath(file))) files.Add((file, named));
        }
    }

    static (Rule? Rule, List<RuleDiagnostic> Diagnostics, List<ListedRule> Listed) ReadOne(string file, bool named, bool lists)
    {
        var (diagnostics, listed) = (new List<RuleDiagnostic>(), new List<ListedRule>());
        return (EscuLoader.LoadFile(file, named, diagnostics, lists ? listed : null), diagnostics, listed);
    }

    static List<string> FilesOf(string root, List<RuleDiagnostic> diagnostics)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var folder))
        {
            try
            {
                // A link may lead upwards, or to a folder that was read already.
                if (!seen.Add(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder))) continue;
                foreach (var entry in Directory.EnumerateFileSystemEntries(folder))
                {
                    if (!IsYaml(entry))
                    {
                        if (Directory.Exists(entry)) waiting.Push(entry);
                        continue;
                    }
                    var info = new FileInfo(entry);
                    // Most are plain files, of which one question to the system tells all.
                    if ((info.Attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) != 0 && Directory.Exists(entry)) waiting.Push(entry);
                    else if (HasLength(info)) files.Add(entry);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(new RuleDiagnostic(folder, new FilePlace(1, 1), RuleErrors.Unreadable(error.Message)));
            }
        }
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    static List<Rule> WithoutDuplicates(IReadOnlyList<Rule> rules, List<RuleDiagnostic> diagnostics)
    {
        var kept = new List<Rule>(rules.Count);
        var byId = new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules)
        {
            if (rule.Id.Length == 0 || byId.TryAdd(rule.Id, rule)) kept.Add(rule);
            else diagnostics.Add(new RuleDiagnostic(rule.Path, rule.PlaceOf("id"), RuleErrors.DuplicateId(rule.Id, byId[rule.Id].Path)) { Rule = rule.Name });
        }
        return kept;
    }

    // Pipes and devices have no length, and opening one may wait for ever. What cannot be asked is named where it is opened.
    static bool HasLength(FileInfo file)
    {
        try
        {
            if ((file.Attributes & FileAttributes.ReparsePoint) != 0 && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return file is not { Exists: true, Length: 0 };
        }
        catch (IOException)
        {
            return true;
        }
    }

    static bool IsYaml(string path)
    {
        var extension = Path.GetExtension(path.AsSpan());
        return extension.Equals(".yml", StringComparison.OrdinalIgnoreCase) || extension.Equals(".yaml", StringComparison.OrdinalIgnoreCase);
    }
}
