using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Knowledge;
using Karst.Engine.Regexes;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>Finds `_time` in raw text: by the sourcetype's TIME_PREFIX and TIME_FORMAT, else by recognition in the first bytes.</summary>
sealed class EventTimes
{
    const int Head = 1 << 14;
    const int LongTime = 64;

    // Behind a time: one character ends a number, three may be seconds of an offset.
    const int LookedAhead = 4;

    readonly TimeSettings? _settings;
    readonly TimePrefix? _plain;
    readonly BytePattern? _bytes;
    readonly Regex? _prefix;
    readonly TimeZoneInfo _zone;
    readonly double _reference;
    readonly byte[] _last = new byte[LongTime];
    int _lastLength;
    bool _lastIsWhole;
    bool _hasLast;
    double _lastTime;

    internal EventTimes(TimeSettings? settings, RunContext run)
    {
        _settings = settings;
        _zone = settings?.Zone ?? TimeZoneInfo.Utc;
        // Dates without a year lie before the moment of the search; where nobody has named one, before today.
        _reference = (run.ReadAt ?? run.Now) is > 0 and var read ? read : DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        if (settings?.Prefix is not { Length: > 0 } prefix) return;
        _plain = TimePrefix.TryRead(prefix);
        if (_plain is not null) return;
        _bytes = BytePatternReader.TryRead(prefix);
        _prefix = Expression(prefix, run);
    }

    /// <summary>
    /// Epoch seconds; absent when no time is found. Where a TIME_PREFIX is set and does not match, none is looked for (props.conf's own words): the raw
    /// bytes count, so that a key written with JSON escapes is not found.
    /// </summary>
    internal Value Find(ReadOnlySpan<byte> raw)
    {
        var from = 0;
        if (_plain is not null)
        {
            from = _plain.EndIn(raw);
            if (from < 0) return Value.Null;
        }
        else if (_prefix is not null)
        {
            from = BehindPrefix(raw[..Math.Min(raw.Length, Head)]);
            // Prefixes stand early; only an event without one there is looked through to its end.
            if (from < 0 && raw.Length > Head) from = BehindPrefix(raw);
            if (from < 0) return Value.Null;
        }
        if (_settings?.Format is not { Length: > 0 } format) return Recognise(raw[from..]);
        // 0 and -1 are no limit.
        var lookahead = _settings.Lookahead > 0 ? _settings.Lookahead : raw.Length;
        var rest = raw.Slice(from, Math.Min(lookahead, raw.Length - from));
        return TryParse(rest, format, out var time) ? Value.FromNumber(time) : Recognise(raw[from..]);
    }

    // A time seldom takes many characters, and an event may have many: the rest is looked at where a time might go on into it.
    bool TryParse(ReadOnlySpan<byte> text, string format, out double time)
    {
        var begin = text[..Math.Min(text.Length, LongTime)];
        if (_hasLast && (_lastIsWhole ? begin.SequenceEqual(_last.AsSpan(0, _lastLength)) : begin.StartsWith(_last.AsSpan(0, _lastLength))))
        {
            time = _lastTime;
            return true;
        }
        Span<char> characters = stackalloc char[LongTime];
        characters = characters[..Encoding.UTF8.GetChars(begin, characters)];
        if (Strptime.TryParse(characters, format, _zone, out time, out var used, _reference) && (begin.Length == text.Length || used < characters.Length - 1))
        {
            Remember(begin, used + LookedAhead, time);
            return true;
        }
        return begin.Length < text.Length && Strptime.TryParse(Encoding.UTF8.GetString(text), format, _zone, out time, _reference);
    }

    // Many events have the time of the one before. What follows it decides too, as far as the parser looks ahead.
    void Remember(ReadOnlySpan<byte> begin, int length, double time)
    {
        _lastLength = Math.Min(length, begin.Length);
        _lastIsWhole = length > begin.Length;
        _hasLast = Ascii.IsValid(begin[.._lastLength]);
        begin[.._lastLength].CopyTo(_last);
        _lastTime = time;
    }

    /// <summary>The same in the columns of a record that hold its time; absent where there are none.</summary>
    internal Value Find(EventEnvelope record)
    {
        if (_settings?.Fields is not { } names) return Value.Null;
        var text = string.Join(' ', names.SelectMany(name => record.Fields.Where(field => field.Key == name).Select(field => field.Value.ToString())));
        if (text.Length == 0) return Value.Null;
        if (_settings.Format is { Length: > 0 } format && Strptime.TryParse(text, format, _zone, out var time, _reference)) return Value.FromNumber(time);
        return Recognise(Encoding.UTF8.GetBytes(text));
    }

    static Regex? Expression(string prefix, RunContext run)
    {
        try
        {
            return new Regex(prefix, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(run.Limits.RegexMilliseconds));
        }
        catch (ArgumentException)
        {
            run.Messages.Add("time-prefix", $"TIME_PREFIX `{prefix}` is no regular expression; times are recognised by their form");
            return null;
        }
    }

    // Latin-1 gives each byte one character, so positions are byte positions.
    int BehindPrefix(ReadOnlySpan<byte> text)
    {
        if (_bytes is not null)
        {
            Span<int> groups = stackalloc int[2 * (_bytes.GroupCount + 1)];
            if (_bytes.Find(text, 0, groups) is { } isFound) return isFound ? groups[1] : -1;
        }
        return RegexTries.Match(_prefix!, Encoding.Latin1.GetString(text)) is { Success: true } match ? match.Index + match.Length : -1;
    }

    Value Recognise(ReadOnlySpan<byte> raw) =>
        EventTime.TryRecognise(raw, _reference, _zone, out var time) ? Value.FromNumber(time) : Value.Null;
}
