namespace Karst.Catalog.Html.Writing;

/// <summary>An address on the web: http or https and absolute. Whatever else a rule calls a link is shown as text.</summary>
public readonly record struct WebLink
{
    WebLink(string text) => Text = text;

    /// <summary>The address, escaped as RFC 3986 has it.</summary>
    public string Text { get; }

    /// <summary>Reads an address; null when it is no link.</summary>
    public static WebLink? Parse(string text) =>
        text.Length <= 2048 && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            ? new WebLink(uri.AbsoluteUri)
            : null;
}
