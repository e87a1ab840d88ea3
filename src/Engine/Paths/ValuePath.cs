using System.Globalization;
using System.Text;

namespace Karst.Engine.Paths;

/// <summary>One index of a path step: all elements, one of them, or an XML attribute.</summary>
readonly record struct PathIndex(int Number, string? Attribute)
{
    internal static PathIndex Every { get; } = new(-1, null);

    internal bool IsEvery => Number < 0 && Attribute is null;
}

/// <summary>A name and the indices behind it; the name is empty where a path begins with an index.</summary>
sealed record PathStep(string Name, IReadOnlyList<PathIndex> Indices)
{
    internal byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(Name);
}

/// <summary>
/// A location path of `spath`: names separated by points, with `{}` for every element of an array, `{2}` for one of them (from 0 in JSON, from 1 in XML),
/// `{@name}` for an XML attribute. A name with points of its own stands between single quotes.
/// </summary>
public sealed class ValuePath
{
    ValuePath(string text, List<PathStep> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    internal IReadOnlyList<PathStep> Steps { get; }

    /// <summary>Reads a path; null when a bracket is not closed, an index is no number, or a step is empty.</summary>
    public static ValuePath? Parse(string text)
    {
        var steps = new List<PathStep>();
        var at = 0;
        while (at <= text.Length)
        {
            if (TakeStep(text, ref at) is not { } step) return null;
            steps.Add(step);
            if (at == text.Length) return new ValuePath(text, steps);
            if (text[at++] != '.') return null;
        }
        return null;
    }

    static PathStep? TakeStep(string text, ref int at)
    {
        var start = at;
        string name;
        if (at < text.Length && text[at] == '\'' && text.IndexOf('\'', at + 1) is var close and > 0)
        {
            name = text[(at + 1)..close];
            at = close + 1;
        }
        else
        {
            while (at < text.Length && text[at] is not ('.' or '{')) at++;
            name = text[start..at];
        }
        var indices = new List<PathIndex>();
        while (at < text.Length && text[at] == '{')
        {
            var end = text.IndexOf('}', at);
            if (end < 0) return null;
            var inner = text[(at + 1)..end];
            at = end + 1;
            if (inner.Length == 0) indices.Add(PathIndex.Every);
            else if (inner[0] == '@') indices.Add(new PathIndex(-1, inner[1..]));
            else if (int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) indices.Add(new PathIndex(number, null));
            else return null;
        }
        return name.Length == 0 && indices.Count == 0 ? null : new PathStep(name, indices);
    }
}
