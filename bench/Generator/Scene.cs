namespace Karst.Generator;

/// <summary>Who does what, where and when in one event; the slots of a template read it.</summary>
internal sealed class Scene
{
    internal byte[] Account = [];
    internal byte[] Region = [];
    internal byte[] User = [];
    internal byte[] Role = [];
    internal byte[] Address = [];
    internal byte[] Agent = [];
    internal byte[] Service = [];
    internal byte[] Action = [];
    internal byte[] Host = [];
    internal Executable? Program;
    internal int Person;
    /// <summary>Number of the event in its log.</summary>
    internal long Serial;
    /// <summary>Milliseconds since 1970.</summary>
    internal long Time;
}
