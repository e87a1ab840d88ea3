using System.Text;
using Karst.Events;

namespace Karst.Engine.Paths;

/// <summary>Takes fields out of XML text: `a.b` for the text of an element, `a.b{@c}` for an attribute.</summary>
static class XmlFields
{
    sealed class Element(string name, string path, int number, int start)
    {
        internal string Name { get; } = name;

        internal string Path { get; } = path;

        /// <summary>Which of its like-named siblings it is, from 1 on.</summary>
        internal int Number { get; } = number;

        internal int ContentStart { get; set; } = start;

        internal List<Value> Text { get; } = [];

        internal bool HasElements { get; set; }

        internal Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>Adds all fields to the row at hand.</summary>
    internal static void Extract(Slice text, FieldCollector fields) =>
        Walk(text, static (_, _) => true, (path, value) => fields.Add(fields.SlotOf(path), value));

    /// <summary>Adds the values at a path.</summary>
    internal static void Find(Slice text, ValuePath path, List<Value> found)
    {
        var steps = path.Steps;
        Walk(text, (stack, attribute) => Matches(steps, stack, attribute), (_, value) => found.Add(value), wholeElements: true);
    }

    static bool Matches(IReadOnlyList<PathStep> steps, List<Element> stack, string? attribute)
    {
        if (stack.Count != steps.Count) return false;
        for (var at = 0; at < steps.Count; at++)
        {
            if (stack[at].Name != steps[at].Name) return false;
            string? wanted = null;
            foreach (var index in steps[at].Indices)
            {
                if (index.Attribute is not null) wanted = index.Attribute;
                else if (!index.IsEvery && index.Number != stack[at].Number) return false;
            }
            if (wanted is not null && at < steps.Count - 1) return false;
            if (at == steps.Count - 1 && wanted != attribute) return false;
        }
        return true;
    }

    static void Walk(Slice text, Func<List<Element>, string?, bool> wanted, Action<string, Value> add, bool wholeElements = false)
    {
        var stack = new List<Element>();
        var roots = new Dictionary<string, int>(StringComparer.Ordinal);
        var scan = new XmlScan(text);
        while (scan.Read())
        {
            switch (scan.Part)
            {
                case XmlPart.Open:
                    if (stack.Count == JsonPath.Depth) return;
                    var counts = stack.Count == 0 ? roots : stack[^1].Counts;
                    var name = Encoding.UTF8.GetString(scan.Name);
                    counts[name] = counts.GetValueOrDefault(name) + 1;
                    if (stack.Count > 0) stack[^1].HasElements = true;
                    stack.Add(new Element(name, stack.Count == 0 ? name : $"{stack[^1].Path}.{name}", counts[name], -1));
                    break;
                case XmlPart.Attribute when stack.Count > 0:
                    var attribute = Encoding.UTF8.GetString(scan.Name);
                    if (wanted(stack, attribute)) add($"{stack[^1].Path}{{@{attribute}}}", scan.Value);
                    break;
                case XmlPart.Text when stack.Count > 0:
                    stack[^1].Text.Add(scan.Value);
                    break;
                case XmlPart.Close when stack.Count > 0:
                    var element = stack[^1];
                    if (wanted(stack, null)) Give(text, element, scan.Start, wholeElements, add);
                    stack.RemoveAt(stack.Count - 1);
                    break;
            }
            if (stack.Count > 0 && stack[^1].ContentStart < 0 && scan.Part is XmlPart.Text) stack[^1].ContentStart = scan.Start;
            if (scan.Part == XmlPart.Open && stack.Count > 1 && stack[^2].ContentStart < 0) stack[^2].ContentStart = scan.Start;
        }
    }

    static void Give(Slice text, Element element, int end, bool wholeElements, Action<string, Value> add)
    {
        if (element.HasElements && wholeElements)
        {
            add(element.Path, text.Value(element.ContentStart, end - element.ContentStart));
            return;
        }
        if (element.Text.Count == 1 && !element.HasElements)
        {
            if (!IsBlank(element.Text[0])) add(element.Path, element.Text[0]);
            return;
        }
        var joined = string.Concat(element.Text.Select(part => part.ToString()));
        if (!string.IsNullOrWhiteSpace(joined)) add(element.Path, Value.FromText(element.HasElements ? joined.Trim() : joined));
    }

    static bool IsBlank(Value text)
    {
        foreach (var letter in text.Utf8)
            if (letter > ' ') return false;
        return true;
    }
}
