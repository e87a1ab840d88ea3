using System.Globalization;
using System.Text;
using Karst.Events;

namespace Karst.Specs;

/// <summary>Compares a result with an `expect` section, and writes what the section would have to say.</summary>
static class SpecExpectation
{
    /// <summary>Null when the section holds, else what is wrong.</summary>
    public static string? Compare(SpecSection expect, SpecResult result, SpecMode mode)
    {
        var (kind, rest) = Split(expect.Rest);
        if (kind == "error") return CompareError(rest, expect, result);
        if (result.Errors.Count > 0 || result.Failure is not null)
            return $"the search is refused: {result.Failure ?? string.Join("; ", result.Errors.Select(error => $"{error.Code} {error.Message}"))}";
        switch (kind)
        {
            case "count":
                var wanted = int.Parse(rest, CultureInfo.InvariantCulture);
                return result.Count == wanted ? null : $"{result.Count} rows instead of {wanted}\n{string.Join('\n', Actual(expect, result))}";
            // Without passes the plan is another.
            case "plan" when !mode.Passes:
                return null;
            case "messages":
                var said = result.Messages.All.Select(message => $"{message.Code} {message.Text}").ToList();
                var missing = expect.Lines.Where(line => !said.Exists(text => text.Contains(line, StringComparison.Ordinal))).ToList();
                if (expect.Lines.Count == 0 && said.Count > 0) return $"messages were not expected:\n{string.Join('\n', said)}";
                return missing.Count == 0 ? null : $"not said: {string.Join("; ", missing)}\nsaid:\n{string.Join('\n', said)}";
            default:
                var expected = kind is "rows" or "unordered" ? Normal(expect.Lines) : [.. expect.Lines];
                var actual = Actual(expect, result);
                if (kind == "unordered")
                {
                    expected = [.. expected.Take(1), .. expected.Skip(1).Order(StringComparer.Ordinal)];
                    actual = [.. actual.Take(1), .. actual.Skip(1).Order(StringComparer.Ordinal)];
                }
                return expected.SequenceEqual(actual) ? null : $"expected:\n{string.Join('\n', expected)}\nactual:\n{string.Join('\n', actual)}";
        }
    }

    /// <summary>The lines that the section would have to hold.</summary>
    public static List<string> Actual(SpecSection expect, SpecResult result)
    {
        var (kind, rest) = Split(expect.Rest);
        if (result.Failure is { } failure) return [failure];
        if (result.Errors.Count > 0) return [.. result.Errors.Select(error => $"{error.Code} {error.Message}")];
        return kind switch
        {
            "plan" => [.. result.Plan],
            "text" => Text(rest, result),
            "messages" => [.. result.Messages.All.Select(message => $"{message.Code} {message.Text}")],
            _ => Rows(expect, result),
        };
    }

    /// <summary>The code and message in the first line of an `expect error`.</summary>
    public static string ErrorText(SpecResult result) =>
        result.Failure ?? (result.Errors.Count > 0 ? $"{result.Errors[0].Code} {result.Errors[0].Message}" : "");

    static string? CompareError(string wanted, SpecSection expect, SpecResult result)
    {
        if (result.Errors.Count == 0 && result.Failure is null) return $"the search runs and gives {result.Count} rows";
        var texts = result.Errors.Select(error => $"{error.Code} {error.Message}").Append(result.Failure ?? "").ToList();
        if (!texts.Exists(text => text.Contains(wanted, StringComparison.Ordinal))) return $"the error is: {string.Join("; ", texts)}";
        var marks = expect.Lines.FirstOrDefault(line => line.Trim().Length > 0 && line.Trim().All(letter => letter == '^'));
        if (marks is null) return null;
        var above = expect.Lines[expect.Lines.ToList().IndexOf(marks) - 1];
        var start = marks.IndexOf('^', StringComparison.Ordinal);
        var marked = above.Substring(start, Math.Min(marks.Trim().Length, above.Length - start));
        var at = result.Errors.First(error => $"{error.Code} {error.Message}".Contains(wanted, StringComparison.Ordinal)).At;
        var place = result.Source.Substring(Math.Min(at.Start, result.Source.Length), Math.Min(at.Length, Math.Max(0, result.Source.Length - at.Start)));
        return place == marked ? null : $"the error marks `{place}` instead of `{marked}`";
    }

    static List<string> Normal(IReadOnlyList<string> lines)
    {
        var table = SpecTable.Parse(lines);
        return table.Names.Count == 0 ? [] : SpecTable.Format(table.Names, table.Cells());
    }

    // The expected columns, and behind them every other that is not internal: none may be left unsaid.
    static List<string> Rows(SpecSection expect, SpecResult result)
    {
        var names = SpecTable.Parse([.. expect.Lines.Take(1)]).Names.ToList();
        names.AddRange(result.Names().Where(name => !name.StartsWith('_') && !names.Contains(name)));
        return result.Count == 0 && expect.Lines.Count == 0 ? [] : SpecTable.Format(names, result.Rows(names));
    }

    static List<string> Text(string format, SpecResult result)
    {
        using var stream = new MemoryStream();
        var options = new WriterOptions { Zone = TimeZoneInfo.Utc };
        var writer = WriterTable.Create(format, stream, options) ?? throw new SpecFormatException($"no format `{format}`");
        foreach (var batch in result.Batches) writer.Write(batch);
        writer.Finish();
        return [.. Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r'))];
    }

    static (string Kind, string Detail) Split(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].Trim());
    }
}
