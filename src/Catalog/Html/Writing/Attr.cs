using System.Globalization;

namespace Karst.Catalog.Html.Writing;

/// <summary>
/// The attributes that elements may have; values are encoded by the writer. None of them runs or styles anything, and the two that lead
/// somewhere (`href`) take an <see cref="Address"/> of the catalogue or a <see cref="WebLink"/>, never a text.
/// </summary>
public readonly record struct Attr
{
    Attr(string name, string? value = null) => (Name, Value) = (name, value);

    Attr(Address target, string fragment) => (Name, Value, Target) = ("href", fragment, target);

    /// <summary>The name as it is written.</summary>
    public string Name { get; }

    /// <summary>The value before it is encoded; null for attributes without one. Behind a <see cref="Target"/>: the fragment.</summary>
    public string? Value { get; }

    /// <summary>A page of the catalogue, which is written as seen from the page that links to it.</summary>
    public Address? Target { get; }

    public static Attr AriaCurrent { get; } = new("aria-current", "page");

    public static Attr AriaHidden { get; } = new("aria-hidden", "true");

    public static Attr Hidden { get; } = new("hidden");

    public static Attr Open { get; } = new("open");

    public static Attr Focusable { get; } = new("tabindex", "0");

    public static Attr FocusableByScript { get; } = new("tabindex", "-1");

    public static Attr TypeButton { get; } = new("type", "button");

    public static Attr TypeSearch { get; } = new("type", "search");

    public static Attr NoAutocomplete { get; } = new("autocomplete", "off");

    public static Attr NoSpellcheck { get; } = new("spellcheck", "false");

    public static Attr ColumnScope { get; } = new("scope", "col");

    public static Attr RowScope { get; } = new("scope", "row");

    public static Attr Amount(int value) => new("value", value.ToString(CultureInfo.InvariantCulture));

    public static Attr Maximum(int value) => new("max", value.ToString(CultureInfo.InvariantCulture));

    public static Attr Language(string code) => new("lang", code);

    public static Attr Class(string names) => new("class", names);

    public static Attr Id(string id) => new("id", id);

    public static Attr For(string id) => new("for", id);

    public static Attr Title(string text) => new("title", text);

    public static Attr Placeholder(string text) => new("placeholder", text);

    public static Attr DateTime(string text) => new("datetime", text);

    public static Attr Role(string role) => new("role", role);

    public static Attr AriaLabel(string text) => new("aria-label", text);

    public static Attr AriaLabelledBy(string id) => new("aria-labelledby", id);

    public static Attr AriaControls(string id) => new("aria-controls", id);

    public static Attr AriaExpanded(bool expanded) => new("aria-expanded", expanded ? "true" : "false");

    public static Attr ColumnSpan(int columns) => new("colspan", columns.ToString(CultureInfo.InvariantCulture));

    /// <summary>Data for the catalogue's own script.</summary>
    public static Attr Data(DataName name, string value) => new(name.Text, value);

    /// <summary>A link to a page of the catalogue.</summary>
    public static Attr Href(Address page, string fragment = "") => new(page, fragment);

    /// <summary>A link within the page.</summary>
    public static Attr HrefHere(string fragment) => new("href", "#" + fragment);

    /// <summary>A link out of the catalogue.</summary>
    public static Attr Href(WebLink link) => new("href", link.Text);

    /// <summary>The page behind a link out learns nothing of the one before it.</summary>
    public static Attr External { get; } = new("rel", "noopener noreferrer external");
}

/// <summary>The names of `data-*` attributes that the script reads.</summary>
public readonly record struct DataName
{
    DataName(string text) => Text = text;

    /// <summary>The whole attribute name.</summary>
    public string Text { get; }

    public static DataName Line { get; } = new("data-line");
    public static DataName Root { get; } = new("data-root");
    public static DataName Facet { get; } = new("data-facet");
    public static DataName Value { get; } = new("data-value");
}
