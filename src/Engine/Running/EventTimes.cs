using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Knowledge;
using Karst.Events;

namespace Karst.Engine.Running;

/// <summary>Finds `_time` in raw text: by the sourcetype's TIME_PREFIX and TIME_FORMAT, else by recognition in the first bytes.</summary>
sealed class EventTimes
{
    const int DefaultLookahead = 128;

    readonly TimeSettings? _settings;
    readonly Regex? _prefix;
    readonly TimeZoneInfo _zone;
    readonly double _reference;

    internal EventTimes(TimeSettings? settings, RunContext run)
    {
        _settings = settings;
        _zone = settings?.Zone ?? TimeZoneInfo.Utc;
        _reference = run.Now;
        if (settings?.Prefix is { Length: > 0 } prefix)
        {
            try
            {
                _prefix = new Regex(prefix, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(run.Limits.RegexMilliseconds));
            }
            catch (ArgumentException)
            {
                run.Messages.Add("time-prefix", $"TIME_PREFIX `{prefix}` is no regular expression; times are recognised by their form");
            }
        }
    }

    /// <summary>Epoch seconds; absent when no time is found.</summary>
    internal Value Find(ReadOnlySpan<byte> raw)
    {
        var from = 0;
        if (_prefix is not null)
        {
            // Prefixes stand early; the search is bounded so that one long event costs no more than any other.
            var head = Encoding.Latin1.GetString(raw[..Math.Min(raw.Length, 1 << 16)]);
            try
            {
                var match = _prefix.Match(head);
                // Latin-1 gives each byte one character, so positions are byte positions.
                if (match.Success) from = match.Index + match.Length;
                else return Recognise(raw);
            }
            catch (RegexMatchTimeoutException)
            {
                return Recognise(raw);
            }
        }
        if (_settings?.Format is not { Length: > 0 } format) return Recognise(raw[from..]);
        var lookahead = _settings.Lookahead > 0 ? _settings.Lookahead : DefaultLookahead;
        var text = Encoding.UTF8.GetString(raw.Slice(from, Math.Min(lookahead, raw.Length - from)));
        return Strptime.TryParse(text, format, _zone, out var time, _reference) ? Value.FromNumber(time) : Recognise(raw[from..]);
    }

    Value Recognise(ReadOnlySpan<byte> raw) =>
        EventTime.TryRecognise(raw, _reference, _zone, out var time) ? Value.FromNumber(time) : Value.Null;
}
