using Karst.Engine.Search;

namespace Karst.Engine.Scanning.Extraction;

/// <summary>
/// Whether the rest of an object may be passed over because none of its wanted keys stands in it again: a key that comes twice gives several values, so having
/// found each once is not enough. A search for the keys' bytes is many times as fast as a walk from key to key. It may say no in vain (the bytes may be a
/// value, or a key further down), never yes: a key whose letters are written as `\u` escapes says no, too.
/// </summary>
sealed class JsonRest
{
    // More keys are searched for in more time than a walk takes.
    internal const int MostKeys = 8;

    // A look in vain costs about two walks, so it takes away what two that succeed have brought.
    const int MostCredit = 8;
    const int Loss = 2;
    const int Pause = 64;

    readonly byte[][] _keys;
    readonly Anchors[] _anchors;
    int _after;
    int _credit;
    int _pause;

    JsonRest(byte[][] keys)
    {
        _keys = keys;
        _anchors = [.. keys.Select(key => Anchors.Of(key))];
        _after = keys.Length;
    }

    /// <summary>For the wanted keys of an object; null where a search for them would not pay, or would not be exact.</summary>
    internal static JsonRest? For(IReadOnlyCollection<byte[]> keys) =>
        keys.Count <= MostKeys && keys.All(IsPlain) ? new JsonRest([.. keys.Select(key => (byte[])[(byte)'"', .. key, (byte)'"'])]) : null;

    /// <summary>With so many wanted keys found the rest is worth a look. Where looks are often in vain there are pauses between them.</summary>
    internal bool IsDue(int found) => found >= _after && (_pause == 0 || --_pause == 0);

    /// <summary>No wanted key stands in the rest of the object.</summary>
    internal bool IsFree(ReadOnlySpan<byte> rest, bool mayHaveEscapes)
    {
        var isFree = !(mayHaveEscapes && rest.IndexOf("\\u"u8) >= 0) && !HasKey(rest);
        _credit = isFree ? Math.Min(_credit + 1, MostCredit) : _credit - Loss;
        if (_credit >= 0) return isFree;
        _credit = 0;
        _pause = Pause;
        return isFree;
    }

    /// <summary>The object was read to its end, with so many wanted keys in all. Some are seldom there, and are not waited for unless looks without them are in vain.</summary>
    internal void Learn(int found)
    {
        if (found < _after || _pause > 0) _after = found;
    }

    bool HasKey(ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < _keys.Length; i++)
            if (ByteSearch.IndexOf(rest, _keys[i], _anchors[i]) >= 0) return true;
        return false;
    }

    // What has no other short escape than `\u`.
    static bool IsPlain(byte[] key) => key.All(one => one is > (byte)' ' and < 0x7f and not ((byte)'"' or (byte)'\\' or (byte)'/'));
}
