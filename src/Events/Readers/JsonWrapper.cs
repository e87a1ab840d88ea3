namespace Karst.Events;

/// <summary>Recognises what stands around a list of events: `[{`, and AWS's `{"Records":[{`.</summary>
static class JsonWrapper
{
    /// <summary>What follows the opening bracket, -1 if the bytes begin with something else; or undecided for want of bytes.</summary>
    public readonly record struct Result(int Elements, bool Undecided);

    static readonly Result s_none = new(-1, false);

    /// <summary>Looks at the first bytes, which begin without blanks.</summary>
    public static Result Opening(ReadOnlySpan<byte> bytes, bool final)
    {
        var undecided = final ? s_none : new Result(-1, true);
        if (bytes.IsEmpty) return undecided;
        if (bytes[0] == '[') return Elements(bytes, 1, undecided);
        if (bytes[0] != '{') return s_none;
        var at = 1;
        foreach (var token in (ReadOnlySpan<int>)['"', 'R', 'e', 'c', 'o', 'r', 'd', 's', '"', ':', '['])
        {
            // Blanks may stand before and after the key, not within it.
            if (token is '"' or ':' or '[') at = SkipBlanks(bytes, at, token);
            if (at >= bytes.Length) return undecided;
            if (bytes[at++] != token) return s_none;
        }
        return Elements(bytes, at, undecided);
    }

    static Result Elements(ReadOnlySpan<byte> bytes, int at, Result undecided)
    {
        var first = SkipBlanks(bytes, at, 0);
        if (first >= bytes.Length) return undecided;
        return bytes[first] is (byte)'{' or (byte)']' ? new Result(at, false) : s_none;
    }

    static int SkipBlanks(ReadOnlySpan<byte> bytes, int at, int token)
    {
        if (token == '"' && at > 1 && bytes[at - 1] == 's') return at;
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }
}
