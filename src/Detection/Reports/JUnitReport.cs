using System.Globalization;
using System.Text;
using System.Xml;

namespace Karst.Detection.Reports;

/// <summary>Test results as JUnit's XML: a suite a folder.</summary>
public static class JUnitReport
{
    /// <summary>Writes all results. Characters that XML 1.0 cannot hold are written as `\u0000`.</summary>
    public static void Write(Stream output, IReadOnlyList<TestResult> results)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "karst");
        WriteCounts(xml, results);
        foreach (var suite in results.GroupBy(result => FolderOf(result.Rule.Path)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Clean(suite.Key));
            WriteCounts(xml, [.. suite]);
            foreach (var result in suite) WriteCase(xml, result);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    static void WriteCase(XmlWriter xml, TestResult result)
    {
        var path = result.Rule.Path.Replace('\\', '/');
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(Path.ChangeExtension(path, null).TrimStart('.', '/').Replace('/', '.')));
        xml.WriteAttributeString("name", Clean(result.Test.Name));
        xml.WriteAttributeString("file", Clean(path));
        xml.WriteAttributeString("line", result.Test.At.Line.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds(result.Milliseconds));
        var line = Clean(result.Reason.Split('\n')[0]);
        switch (result.State)
        {
            case TestState.Fail: WriteProblem(xml, "failure", line, result.Rows == 0 ? "NoResults" : "Rows", result.Reason); break;
            case TestState.Error: WriteProblem(xml, "error", line, "Error", result.Reason); break;
            case TestState.Unsupported: WriteProblem(xml, "skipped", "unsupported: " + line, null, null); break;
            case TestState.Skip: WriteProblem(xml, "skipped", line, null, null); break;
        }
        xml.WriteEndElement();
    }

    static void WriteProblem(XmlWriter xml, string element, string message, string? type, string? text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", message);
        if (type is not null) xml.WriteAttributeString("type", type);
        if (text is not null) xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    static void WriteCounts(XmlWriter xml, IReadOnlyList<TestResult> results)
    {
        Count("tests", results.Count);
        Count("failures", results.Count(result => result.State == TestState.Fail));
        Count("errors", results.Count(result => result.State == TestState.Error));
        Count("skipped", results.Count(result => result.State is TestState.Skip or TestState.Unsupported));
        xml.WriteAttributeString("time", Seconds(results.Sum(result => result.Milliseconds)));

        void Count(string name, int count) => xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
    }

    static string FolderOf(string path) => Path.GetDirectoryName(path)?.Replace('\\', '/') is { Length: > 0 } folder ? folder : ".";

    static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) result.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) result.Append(text[i]).Append(text[++i]);
            else result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }
        return result.ToString();
    }
}
