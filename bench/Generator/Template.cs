using System.Text;

namespace Karst.Generator;

/// <summary>A text with slots, such as <c>{"bucketName":"&lt;word&gt;-&lt;hex:6&gt;"}</c>, compiled once and written many times.</summary>
internal sealed class Template
{
    readonly Part[] parts;

    Template(Part[] parts) => this.parts = parts;

    /// <summary>Compiles a text; an unknown slot is a <see cref="FormatException"/> that names it. Slots of XML stand in other brackets.</summary>
    internal static Template Compile(string text, char opening = '<', char closing = '>')
    {
        var parts = new List<Part>();
        var start = 0;
        while (start < text.Length)
        {
            var open = text.IndexOf(opening, start);
            if (open < 0)
                open = text.Length;
            if (open > start)
                parts.Add(new Part(Slot.Literal, Encoding.UTF8.GetBytes(text[start..open]), 0, 0, []));
            if (open == text.Length)
                break;
            var close = text.IndexOf(closing, open);
            parts.Add(Part.Parse(text[(open + 1)..close]));
            start = close + 1;
        }
        return new Template([.. parts]);
    }

    internal void Write(LineBuffer line, Scene scene, Pcg random)
    {
        foreach (var part in parts)
            if (part.Slot == Slot.Literal)
                line.Put(part.Literal);
            else
                Slots.Write(part, line, scene, random);
    }
}

internal enum Slot
{
    Literal, Account, Region, User, Role, Address, Agent, Service, Action, Time, SessionStart, Date, Epoch,
    Uuid, Hex, Upper, Digits, Int, Pick, Word, Person,
    Host, Sid, Guid, Moment, Stamp, Utc, Audit, Serial, Newline, Tab,
    Image, Original, Comm, Command, ProcTitle, Parent, ParentCommand,
}

internal sealed record Part(Slot Slot, byte[] Literal, int Low, int High, byte[][] Choices)
{
    internal static Part Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var argument = colon < 0 ? "" : text[(colon + 1)..];
        if (!Enum.TryParse<Slot>(name, ignoreCase: true, out var slot))
            throw new FormatException($"A template has the slot <{text}>, which is not known.");
        if (slot == Slot.Pick)
            return new Part(slot, [], 0, 0, [.. argument.Split('|').Select(Encoding.UTF8.GetBytes)]);
        if (slot == Slot.Int)
        {
            var dash = argument.IndexOf('-', StringComparison.Ordinal);
            return new Part(slot, [], Number(argument[..dash]), Number(argument[(dash + 1)..]), []);
        }
        return new Part(slot, [], argument.Length == 0 ? 0 : Number(argument), 0, []);
    }

    static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
