namespace Karst.Catalog.Html.Writing;

/// <summary>What a browser may load and run for a page: files beside it, nothing inline, nothing from elsewhere.</summary>
public static class ContentPolicy
{
    /// <summary>The policy that every page carries.</summary>
    public const string ForPages =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'";

    /// <summary>The same as a header, which can also keep the pages out of frames.</summary>
    public const string ForServer = ForPages + "; frame-ancestors 'none'";
}
