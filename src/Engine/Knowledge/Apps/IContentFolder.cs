using Karst.Spl;

namespace Karst.Engine.Knowledge.Apps;

/// <summary>
/// A folder that brings macros and lookups: a Splunk app (<see cref="AppFolder"/>), or a rule collection in a format of its own, which another
/// room reads. Nothing is read before it is asked for; safe for several threads.
/// </summary>
public interface IContentFolder
{
    /// <summary>The folder, for messages.</summary>
    string Path { get; }

    /// <summary>Finds a macro by key, `name` or `name(2)`; null when this folder does not define it.</summary>
    Macro? FindMacro(string key);

    /// <summary>Finds a lookup definition by name, or a lookup file by file name; null when this folder has neither.</summary>
    LookupDefinition? FindLookup(string name);

    /// <summary>The path of a lookup file (`users.csv`) that lies in this folder; null when it does not.</summary>
    string? FindLookupFile(string fileName);
}
