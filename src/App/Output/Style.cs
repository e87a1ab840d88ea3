namespace Karst.App.Output;

/// <summary>Colours by what they mean; plain text where colour is off.</summary>
sealed class Style(bool isOn)
{
    /// <summary>The style of stdout.</summary>
    public static Style Output { get; } = new(Terminal.HasColor);

    /// <summary>The style of stderr.</summary>
    public static Style Error { get; } = new(Terminal.HasErrorColor);

    /// <summary>A heading.</summary>
    public string Bold(string text) => Wrap(text, "1");

    /// <summary>What matters less.</summary>
    public string Dim(string text) => Wrap(text, "2");

    /// <summary>What failed.</summary>
    public string Bad(string text) => Wrap(text, "31");

    /// <summary>What deserves a look.</summary>
    public string Warning(string text) => Wrap(text, "33");

    /// <summary>What went well.</summary>
    public string Good(string text) => Wrap(text, "32");

    string Wrap(string text, string code) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
