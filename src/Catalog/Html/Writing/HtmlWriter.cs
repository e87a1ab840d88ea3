using System.Buffers;
using System.Text;

namespace Karst.Catalog.Html.Writing;

/// <summary>
/// The only way to HTML. Elements and attributes come from closed sets, all text is encoded, links are relative to the page or absolute on
/// the web; nothing takes markup. What is open is closed by the scope that opened it.
/// </summary>
public sealed class HtmlWriter(Address page)
{
    static readonly SearchValues<char> s_special = SearchValues.Create("&<>\"'");
    readonly ArrayBufferWriter<byte> _output = new(32 << 10);

    /// <summary>The page that is written: links are as seen from here.</summary>
    public Address Page => page;

    /// <summary>Writes the page, in UTF-8.</summary>
    public void CopyTo(Stream output) => output.Write(_output.WrittenSpan);

    /// <summary>The page in UTF-8.</summary>
    public byte[] ToArray() => _output.WrittenSpan.ToArray();

    /// <summary>Begins a document: doctype, then the element `html`, in English.</summary>
    public Scope Document()
    {
        _output.Write("<!doctype html>\n"u8);
        return Element(Tag.Html, Attr.Language("en"), Attr.Data(DataName.Root, page.Root));
    }

    /// <summary>Writes the head: character set, policy, title. Nothing but the title comes from outside, and no other element of a head can be written.</summary>
    public void Head(string title)
    {
        using var head = Element(Tag.Head);
        HeadStart(title);
    }

    /// <summary>Writes the head with a style sheet, a script and an icon of the catalogue: the only script elements that there are.</summary>
    public void Head(string title, Address style, Address script, Address icon)
    {
        using var head = Element(Tag.Head);
        HeadStart(title);
        _output.Write("<link rel=\"stylesheet\""u8);
        Write(Attr.Href(style));
        _output.Write(">\n<link rel=\"icon\" type=\"image/svg+xml\""u8);
        Write(Attr.Href(icon));
        _output.Write(">\n<script src=\""u8);
        Encoded(page.RelativeTo(script));
        _output.Write("\"></script>\n"u8);
    }

    void HeadStart(string title)
    {
        _output.Write("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""u8);
        Encoded(ContentPolicy.ForPages);
        _output.Write("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>"u8);
        Encoded(Invisible.Plain(title));
        _output.Write("</title>\n"u8);
    }

    /// <summary>Opens an element, which the scope closes; an element without content is only written.</summary>
    public Scope Element(Tag tag, params ReadOnlySpan<Attr> attributes)
    {
        _output.Write("<"u8);
        Ascii(tag.Name);
        foreach (var attribute in attributes) Write(attribute);
        _output.Write(">"u8);
        return new Scope(tag.IsVoid ? null : this, tag);
    }

    /// <summary>An element with nothing but text in it.</summary>
    public void Element(Tag tag, string text, params ReadOnlySpan<Attr> attributes)
    {
        using var element = Element(tag, attributes);
        Text(text);
    }

    /// <summary>Text. Characters that cannot be seen are shown by their number.</summary>
    public void Text(string text)
    {
        if (Invisible.FirstIn(text) < 0)
        {
            Encoded(text);
            return;
        }
        foreach (var (at, length, codepoint) in Invisible.Runs(text))
        {
            if (codepoint < 0)
            {
                Encoded(text.AsSpan(at, length));
                continue;
            }
            using var shown = Element(Tag.Span, Attr.Class("invisible"));
            Encoded(Invisible.Name(codepoint));
        }
    }

    /// <summary>A line break in the source, for whoever reads that.</summary>
    public void Line() => _output.Write("\n"u8);

    void Write(Attr attribute)
    {
        _output.Write(" "u8);
        Ascii(attribute.Name);
        if (attribute.Value is not { } value) return;
        _output.Write("=\""u8);
        if (attribute.Target is { } target)
        {
            Encoded(page.RelativeTo(target));
            if (value.Length > 0) _output.Write("#"u8);
        }
        Encoded(Invisible.Plain(value));
        _output.Write("\""u8);
    }

    void Ascii(string text) => Encoding.ASCII.GetBytes(text, _output);

    void Encoded(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var plain = text.IndexOfAny(s_special);
            if (plain < 0)
            {
                Encoding.UTF8.GetBytes(text, _output);
                return;
            }
            Encoding.UTF8.GetBytes(text[..plain], _output);
            _output.Write(text[plain] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '"' => "&quot;"u8,
                _ => "&#39;"u8,
            });
            text = text[(plain + 1)..];
        }
    }

    void Close(Tag tag)
    {
        _output.Write("</"u8);
        Ascii(tag.Name);
        _output.Write(">"u8);
    }

    /// <summary>Closes an element at its end.</summary>
    public readonly ref struct Scope
    {
        readonly HtmlWriter? _writer;
        readonly Tag _tag;

        internal Scope(HtmlWriter? writer, Tag tag) => (_writer, _tag) = (writer, tag);

        /// <summary>Writes the end tag.</summary>
        public void Dispose() => _writer?.Close(_tag);
    }
}
