using System.Text;
using System.Text.RegularExpressions;

namespace Karst.Units.App;

/// <summary>
/// A command line in a reference page with what it prints. A `console` block has lines that begin with `$ karst`, each with its output, the messages behind it and `[exit N]` where that is not 0;
/// `…` stands for any text, and alone on a line for any lines. `file NAME` blocks of the page lie in the folder where it runs, beside Karst's own `content`.
/// </summary>
sealed partial class DocumentedRun
{
    DocumentedRun(string page, string text)
    {
        Page = page;
        _lines = [.. text.Split('\n')];
    }

    readonly List<string> _lines;

    string Page { get; }

    /// <summary>The page as its tests are named.</summary>
    public static DocumentedRun Read(string page) => new(page, File.ReadAllText(page));

    /// <summary>The page has a block that runs.</summary>
    public static bool HasBlock(string page) => File.ReadLines(page).Any(static line => line.StartsWith("```console", StringComparison.Ordinal));

    /// <summary>Runs all; gives what differs, or writes it into the page.</summary>
    public string Compare(bool accept)
    {
        var folder = Directory.CreateTempSubdirectory("karst-page").FullName;
        try
        {
            foreach (var (name, text) in Blocks("file"))
            {
                var path = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
            }
            Directory.CreateSymbolicLink(Path.Combine(folder, "content"), Path.Combine(SharedData.Repository, "content"));
            var differences = new StringBuilder();
            for (var at = 0; at < _lines.Count; at++)
            {
                if (_lines[at] != "```console") continue;
                var end = _lines.IndexOf("```", at);
                while (++at < end)
                {
                    if (!_lines[at].StartsWith("$ karst ", StringComparison.Ordinal)) throw new InvalidOperationException($"{Page}:{at + 1} is no command line");
                    var next = at + 1;
                    while (next < end && !_lines[next].StartsWith("$ karst ", StringComparison.Ordinal)) next++;
                    var expected = string.Join('\n', _lines.Skip(at + 1).Take(next - at - 1));
                    var actual = Run(_lines[at]["$ karst ".Length..], folder);
                    if (!Matches(expected, actual))
                    {
                        differences.Append($"{Page}:{at + 1}\n{_lines[at]}\nexpected:\n{expected}\nactual:\n{actual}\n\n");
                        if (accept)
                        {
                            var lines = actual.Length == 0 ? [] : Times().Replace(actual, "…").Split('\n');
                            _lines.RemoveRange(at + 1, next - at - 1);
                            _lines.InsertRange(at + 1, lines);
                            end += lines.Length - (next - at - 1);
                            next = at + 1 + lines.Length;
                        }
                    }
                    at = next - 1;
                }
            }
            if (accept && differences.Length > 0) File.WriteAllText(Page, string.Join('\n', _lines));
            return differences.ToString();
        }
        finally
        {
            Directory.Delete(Path.Combine(folder, "content"));
            Directory.Delete(folder, recursive: true);
        }
    }

    IEnumerable<(string Name, string Text)> Blocks(string keyword)
    {
        for (var at = 0; at < _lines.Count; at++)
        {
            if (!_lines[at].StartsWith($"```{keyword} ", StringComparison.Ordinal)) continue;
            var end = _lines.IndexOf("```", at);
            yield return (_lines[at][(keyword.Length + 4)..].Trim(), string.Join('\n', _lines.Skip(at + 1).Take(end - at - 1)) + "\n");
            at = end;
        }
    }

    static string Run(string line, string folder)
    {
        var (code, output, errors) = Cli.RunIn(folder, [.. Words().Matches(line).Select(static word => string.Concat(word.Groups[1].Captures.Select(static part => part.Value.Trim(part.Value[0] is '\'' or '"' ? part.Value[0] : '\0'))))]);
        var text = (output + errors).Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n');
        return code == 0 ? text : $"{text}{(text.Length > 0 ? "\n" : "")}[exit {code}]";
    }

    static bool Matches(string expected, string actual) =>
        Regex.IsMatch(actual, "^" + Regex.Escape(expected).Replace("…", "(?s:.*?)", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    // What differs from run to run.
    [GeneratedRegex(@"(?<=, )\d+ ms(?=\))|(?<= in )[\d.,]+ (ms|s|min)(: .*)?")]
    private static partial Regex Times();

    [GeneratedRegex("""('[^']*'|"[^"]*"|[^\s'"]+)+""")]
    private static partial Regex Words();
}
