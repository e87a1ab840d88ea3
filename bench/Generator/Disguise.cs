namespace Karst.Generator;

/// <summary>Writes a finished line again in another spelling of the same JSON: with escapes, or with blanks.</summary>
internal sealed class Disguise(Pcg random)
{
    byte[] copy = [];

    /// <summary>Replaces some letters in strings by <c>\u00xx</c>; in every tenth line also in keys.</summary>
    internal void Escape(LineBuffer line, int start)
    {
        var text = Take(line, start);
        var keysToo = random.Chance(1000);
        var every = 5 + random.Below(20);
        var letters = 0;
        var inString = false;
        var isKey = false;
        // Timestamps are read from raw bytes: an event whose time is disguised would have none of its own.
        var time = text.IndexOf("\"eventTime\""u8);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (i == time)
            {
                var rest = text[(i + "\"eventTime\":\""u8.Length)..];
                var length = "\"eventTime\":\""u8.Length + rest.IndexOf((byte)'"') + 1;
                line.Put(text.Slice(i, length));
                i += length - 1;
                continue;
            }
            if (inString && letter == (byte)'\\')
            {
                line.Put(text.Slice(i++, 2));
                continue;
            }
            if (letter == (byte)'"')
            {
                inString = !inString;
                isKey = inString && text[i - 1] != (byte)':';
            }
            else if (inString && (keysToo || !isKey) && char.IsAsciiLetter((char)letter) && letters++ % every == 0)
            {
                line.Put("\\u00"u8);
                line.Put("0123456789abcdef"u8[letter >> 4]);
                line.Put("0123456789abcdef"u8[letter & 15]);
                continue;
            }
            line.Put(letter);
        }
    }

    /// <summary>Puts blanks around colons and after commas, outside strings.</summary>
    internal void Space(LineBuffer line, int start)
    {
        var text = Take(line, start);
        var before = random.Chance(2500);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (inString && letter == (byte)'\\')
            {
                line.Put(text.Slice(i++, 2));
                continue;
            }
            if (letter == (byte)'"')
                inString = !inString;
            if (!inString && before && letter == (byte)':')
                line.Put((byte)' ');
            line.Put(letter);
            if (!inString && (letter == (byte)':' || letter == (byte)','))
                line.Put((byte)' ');
        }
    }

    ReadOnlySpan<byte> Take(LineBuffer line, int start)
    {
        var text = line.From(start);
        if (copy.Length < text.Length)
            copy = new byte[text.Length * 2];
        text.CopyTo(copy);
        line.Rewind(start);
        return copy.AsSpan(0, text.Length);
    }
}
