namespace Karst.Catalog.Html.Writing;

/// <summary>The elements that pages are made of. There are no others, and none whose content a browser would run.</summary>
public readonly record struct Tag
{
    Tag(string name, bool isVoid = false) => (Name, IsVoid) = (name, isVoid);

    /// <summary>The name as it is written.</summary>
    public string Name { get; }

    /// <summary>The element has no content and no end tag.</summary>
    public bool IsVoid { get; }

    public static Tag A { get; } = new("a");
    public static Tag Article { get; } = new("article");
    public static Tag B { get; } = new("b");
    public static Tag Body { get; } = new("body");
    public static Tag Br { get; } = new("br", isVoid: true);
    public static Tag Button { get; } = new("button");
    public static Tag Caption { get; } = new("caption");
    public static Tag Code { get; } = new("code");
    public static Tag Dd { get; } = new("dd");
    public static Tag Details { get; } = new("details");
    public static Tag Dialog { get; } = new("dialog");
    public static Tag Div { get; } = new("div");
    public static Tag Dl { get; } = new("dl");
    public static Tag Dt { get; } = new("dt");
    public static Tag Em { get; } = new("em");
    public static Tag Footer { get; } = new("footer");
    public static Tag Form { get; } = new("form");
    public static Tag H1 { get; } = new("h1");
    public static Tag H2 { get; } = new("h2");
    public static Tag H3 { get; } = new("h3");
    public static Tag Head { get; } = new("head");
    public static Tag Header { get; } = new("header");
    public static Tag Html { get; } = new("html");
    public static Tag Input { get; } = new("input", isVoid: true);
    public static Tag Kbd { get; } = new("kbd");
    public static Tag Label { get; } = new("label");
    public static Tag Li { get; } = new("li");
    public static Tag Main { get; } = new("main");
    public static Tag Mark { get; } = new("mark");
    public static Tag Meter { get; } = new("meter");
    public static Tag Nav { get; } = new("nav");
    public static Tag Ol { get; } = new("ol");
    public static Tag P { get; } = new("p");
    public static Tag Section { get; } = new("section");
    public static Tag Small { get; } = new("small");
    public static Tag Span { get; } = new("span");
    public static Tag Strong { get; } = new("strong");
    public static Tag Summary { get; } = new("summary");
    public static Tag Table { get; } = new("table");
    public static Tag Tbody { get; } = new("tbody");
    public static Tag Td { get; } = new("td");
    public static Tag Th { get; } = new("th");
    public static Tag Thead { get; } = new("thead");
    public static Tag Time { get; } = new("time");
    public static Tag Tr { get; } = new("tr");
    public static Tag Ul { get; } = new("ul");
}
