using System.Text;

namespace Karst.Generator;

/// <summary>A program that events speak of: where it lies, how it was called, and what called it.</summary>
/// <param name="Name">The last part of its path.</param>
/// <param name="HexName">The same as audit records have it, in hexadecimal.</param>
internal sealed record Executable(byte[] Name, byte[] HexName, Template Image, Template Command, Template? Parent, Template? ParentCommand)
{
    /// <summary>The programs of a table, each as often as its share says.</summary>
    internal static Executable[] Load(string table)
    {
        var programs = new List<Executable>();
        foreach (var row in Tables.Rows(table))
        {
            var name = Encoding.ASCII.GetBytes(row[1][(row[1].LastIndexOfAny(['/', '\\']) + 1)..]);
            var program = new Executable(name, Encoding.ASCII.GetBytes(Convert.ToHexString(name)), Compile(row[1]), Compile(row[2]), row.Length > 3 ? Compile(row[3]) : null, row.Length > 4 ? Compile(row[4]) : null);
            programs.AddRange(Enumerable.Repeat(program, Tables.Number(row[0])));
        }
        return [.. programs];
    }

    static Template Compile(string text) => Template.Compile(text, '[', ']');
}
