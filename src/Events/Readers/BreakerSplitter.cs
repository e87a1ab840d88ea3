using System.Text;
using System.Text.RegularExpressions;

namespace Karst.Events;

/// <summary>
/// Events parted by a pattern, as props.conf's LINE_BREAKER has it: what the first group that takes part matches lies between two events and belongs to neither;
/// where none does, the match is the beginning of the next event.
/// </summary>
sealed class BreakerSplitter(Regex breaker) : Splitter
{
    // What the pattern looks ahead at must be there before it is asked.
    const int Lookahead = 4096;

    bool _timedOut;

    public override int Split(byte[] buffer, int start, int end, bool final, List<RawEvent> events)
    {
        if (_timedOut) return new LineSplitter().Split(buffer, start, end, final, events);
        // A character a byte, so that places in the text are places in the buffer; patterns see bytes beyond ASCII one by one.
        var text = Encoding.Latin1.GetString(buffer, start, end - start);
        var from = 0;
        var at = 0;
        while (at <= text.Length)
        {
            if (RegexTries.Match(breaker, text, at) is not { } match)
            {
                _timedOut = true;
                Problem?.Invoke("line-breaker-timeout", "the pattern between events took too long; from here on a line is an event");
                return new LineSplitter().Split(buffer, start + from, end, final, events);
            }
            if (!match.Success || (!final && match.Index + match.Length + Lookahead > text.Length)) break;
            var (index, length) = Gap(match);
            AddTrimmed(buffer, start + from, start + index, events);
            from = index + length;
            at = Math.Max(from, match.Index + 1);
        }
        if (!final) return start + from;
        AddTrimmed(buffer, start + from, end, events);
        return end;
    }

    static (int Index, int Length) Gap(Match match)
    {
        for (var group = 1; group < match.Groups.Count; group++)
            if (match.Groups[group].Success) return (match.Groups[group].Index, match.Groups[group].Length);
        return (match.Index, 0);
    }

    public override int Resync(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf((byte)'\n');
        return at < 0 ? -1 : at + 1;
    }
}
