using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Karst.Events;

namespace Karst.Units.Events;

/// <summary>Windows event logs beside what `evtxexport` of Debian's libevtx-utils makes of them, a reader of another family than the twins'.</summary>
public sealed partial class EvtxPeerTests
{
    const string Peer = "evtxexport";

    [Fact]
    public void Every_field_is_that_of_libevtx()
    {
        Assert.SkipWhen(SharedData.Root is null, SharedData.Reason);
        var folder = Path.Combine(SharedData.Root!, "samples", "evtx");
        Assert.SkipWhen(!Directory.Exists(folder), "there is no evtx");
        Assert.SkipWhen(Export("-V") is null, $"{Peer} is not here (Debian: libevtx-utils)");
        var compared = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*.evtx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var ours = Reading.Of(new InputFile(path, path)).Events.Select(static text => Documents(text).Single()).ToDictionary(Id, Fields);
            // Ours may read more: what the peer cannot read it leaves out.
            foreach (var theirs in Documents(Export("-f", "xml", path)!))
            {
                Assert.True(ours.TryGetValue(Id(theirs), out var fields), $"{path}: record {Id(theirs)} is not there");
                Assert.Equal(Fields(theirs), fields);
                compared++;
            }
        }
        Assert.True(compared > 300, $"{compared} events");
    }

    static string? Export(params string[] arguments)
    {
        try
        {
            using var export = Process.Start(new ProcessStartInfo(Peer, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
            export.ErrorDataReceived += static (_, _) => { };
            export.BeginErrorReadLine();
            var text = export.StandardOutput.ReadToEnd();
            export.WaitForExit();
            return text;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    static IEnumerable<XElement> Documents(string text)
    {
        var settings = new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment, DtdProcessing = DtdProcessing.Prohibit };
        // A log may hold characters that XML does not allow.
        var allowed = Forbidden().Replace(text[Math.Max(0, text.IndexOf("<Event ", StringComparison.Ordinal))..], "\uFFFD");
        using var reader = XmlReader.Create(new StringReader(allowed), settings);
        reader.MoveToContent();
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element) yield return (XElement)XNode.ReadFrom(reader);
            else reader.Read();
        }
    }

    static string Id(XElement record) => record.Descendants().First(static element => element.Name.LocalName == "EventRecordID").Value;

    // Each element without children, with its path, attributes and text.
    static List<string> Fields(XElement record) =>
    [
        .. record.Descendants().Where(static element => !element.HasElements).Select(static element =>
        {
            var path = string.Join('/', element.AncestorsAndSelf().Reverse().Select(static part => part.Name.LocalName));
            var attributes = element.Attributes().Where(static attribute => !attribute.IsNamespaceDeclaration).Select(static attribute => $"[{attribute.Name.LocalName}={Plain(attribute.Value)}]");
            return $"{path}{string.Concat(attributes)}: {Plain(element.Value)}";
        }),
    ];

    // The peer fills hexadecimal numbers with zeros.
    static string Plain(string text) => Hexadecimal().Replace(text.ReplaceLineEndings("\n"), static match => "0x" + match.Groups[1].Value);

    [GeneratedRegex("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]")]
    private static partial Regex Forbidden();

    [GeneratedRegex("0x0*([0-9a-f]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Hexadecimal();
}
