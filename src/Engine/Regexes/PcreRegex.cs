using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Karst.Engine.Expressions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Engine.Regexes;

/// <summary>
/// A PCRE pattern as Splunk writes them, ready to run. Groups have their PCRE numbers; <see cref="Names"/> tells which are named. Every
/// match has the run's time-out: a text that takes longer counts as no match, and the run reports it (`regex-timeout`). Safe for several threads.
/// </summary>
public sealed class PcreRegex
{
    // Each costs the whole time-out: a search over many such texts would not end.
    const int MostTimeouts = 10;

    const int CacheSize = 4_096;

    // A pattern is compiled to machine code once it has been used often enough to pay for that.
    const int UsesBeforeCompiling = 5_000;

    static readonly ConcurrentDictionary<string, PcreRegex> s_cache = new(StringComparer.Ordinal);
    static readonly int s_defaultMilliseconds = new Plans.Limits().RegexMilliseconds;

    readonly string _translated;
    readonly string? _exact;
    int _uses;
    volatile Compiled _compiled;
    volatile Compiled? _compiledExact;

    sealed record Compiled(Regex Regex, int Milliseconds, bool IsMachineCode);

    PcreRegex(string pattern)
    {
        Pattern = pattern;
        var result = PcreTranslator.Translate(pattern, exactBoundaries: false);
        Names = result.Names;
        GroupCount = result.Groups;
        _translated = result.Pattern;
        // Both number groups by themselves: where they disagree, something was read in two ways.
        Bytes = BytePatternReader.TryRead(pattern) is { } bytes && bytes.GroupCount == GroupCount ? bytes : null;
        if (result.HasBoundary) _exact = PcreTranslator.Translate(pattern, exactBoundaries: true).Pattern;
        _compiled = new Compiled(Make(_translated, s_defaultMilliseconds, false), s_defaultMilliseconds, false);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>The named groups with their numbers, in order; a group's captures are found by number.</summary>
    public IReadOnlyList<(string Name, int Number)> Names { get; }

    /// <summary>How many groups there are.</summary>
    public int GroupCount { get; }

    /// <summary>The same as a scan over bytes, which is far faster; null where the pattern has more than one way to match.</summary>
    internal BytePattern? Bytes { get; }

    /// <summary>The .NET expression, with the default time-out. Prefer <see cref="IsMatch(Value, RunContext)"/> and <see cref="Match"/>.</summary>
    public Regex Regex => _compiled.Regex;

    /// <summary>Compiles a pattern; throws <see cref="SplException"/> with the place when it is wrong or uses what is not supported (`\K`, recursion, ...).</summary>
    public static PcreRegex Compile(string pattern, Span at)
    {
        if (s_cache.TryGetValue(pattern, out var known)) return known;
        try
        {
            var made = new PcreRegex(pattern);
            if (s_cache.Count >= CacheSize) s_cache.Clear();
            return s_cache.GetOrAdd(pattern, made);
        }
        catch (PcreException problem)
        {
            throw problem.IsFeature
                ? ExpressionErrors.UnsupportedRegex(pattern, problem.Message, at)
                : ExpressionErrors.BadRegex(pattern, problem.Message, at);
        }
        catch (ArgumentException problem)
        {
            throw ExpressionErrors.BadRegex(pattern, problem.Message, at);
        }
    }

    /// <summary>Compiles a pattern that came with a row; null, and a message of the run (`regex-pattern`), when it cannot be.</summary>
    public static PcreRegex? TryCompile(string pattern, RunContext run)
    {
        try
        {
            return Compile(pattern, default);
        }
        catch (SplException problem)
        {
            run.Messages.Add("regex-pattern", problem.Diagnostic.Message);
            return null;
        }
    }

    /// <summary>The pattern is found somewhere in the text.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8, RunContext run)
    {
        char[]? rented = null;
        var chars = utf8.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            var text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
            return IsMatch(text, run);
        }
        finally
        {
            if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        }
    }

    bool IsMatch(ReadOnlySpan<char> text, RunContext run)
    {
        for (var tries = 1; ; tries++)
            try
            {
                return For(run, text).IsMatch(text);
            }
            catch (RegexMatchTimeoutException)
            {
                if (tries < RegexTries.Most) continue;
                TimedOut(run);
                return false;
            }
    }

    /// <summary>The pattern is found in one of the values; false when absent.</summary>
    public bool IsMatch(Value value, RunContext run)
    {
        Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
        for (var i = 0; i < value.Count; i++)
            if (IsMatch(ScalarText.Of(value[i], scratch), run)) return true;
        return false;
    }

    /// <summary>The first match at or behind a position; null when there is none, or when it takes too long.</summary>
    public Match? Match(string text, RunContext run, int start = 0)
    {
        if (RegexTries.Match(For(run, text), text, start) is { } match) return match.Success ? match : null;
        TimedOut(run);
        return null;
    }

    /// <summary>All matches in order, at most <paramref name="most"/>; those found before one that takes too long.</summary>
    public List<Match> Matches(string text, RunContext run, int most = int.MaxValue)
    {
        var found = new List<Match>();
        for (var tries = 1; ; tries++)
            try
            {
                var match = found.Count == 0 ? For(run, text).Match(text) : found[^1].NextMatch();
                for (; match.Success && found.Count < most; match = match.NextMatch()) found.Add(match);
                return found;
            }
            catch (RegexMatchTimeoutException)
            {
                if (tries < RegexTries.Most) continue;
                TimedOut(run);
                return found;
            }
    }

    /// <summary>The text with every match replaced; `\1` to `\9` and `\0` stand for what a group and the whole match hold, `\\` is a backslash.</summary>
    public string Replace(string text, string replacement, RunContext run)
    {
        var made = new StringBuilder(text.Length);
        var at = 0;
        foreach (var match in Matches(text, run))
        {
            made.Append(text, at, match.Index - at);
            AppendReplacement(made, match, replacement);
            at = match.Index + match.Length;
        }
        return made.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>The expression for a text, with the run's time-out.</summary>
    public Regex For(RunContext run, ReadOnlySpan<char> text)
    {
        var milliseconds = run.Limits.RegexMilliseconds;
        if (_exact is not null && !Ascii.IsValid(text))
        {
            var exact = _compiledExact;
            if (exact is null || exact.Milliseconds != milliseconds) _compiledExact = exact = new Compiled(Make(_exact, milliseconds, false), milliseconds, false);
            return exact.Regex;
        }
        var compiled = _compiled;
        var wantsCode = RuntimeFeature.IsDynamicCodeCompiled && !compiled.IsMachineCode && ++_uses > UsesBeforeCompiling;
        if (compiled.Milliseconds != milliseconds || wantsCode)
            _compiled = compiled = new Compiled(Make(_translated, milliseconds, wantsCode || compiled.IsMachineCode), milliseconds, wantsCode || compiled.IsMachineCode);
        return compiled.Regex;
    }

    static void AppendReplacement(StringBuilder into, Match match, string replacement)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '\\' || i + 1 == replacement.Length)
            {
                into.Append(replacement[i]);
                continue;
            }
            var next = replacement[++i];
            if (char.IsAsciiDigit(next)) into.Append(match.Groups[next - '0'].ValueSpan);
            else if (next == '\\') into.Append(next);
            else into.Append('\\').Append(next);
        }
    }

    void TimedOut(RunContext run)
    {
        run.ThrowIfCancelled();
        run.Messages.Add("regex-timeout", $"a text took the regular expression `{Pattern}` longer than {run.Limits.RegexMilliseconds} ms and counts as no match");
        if (run.AddRegexTimeout() > MostTimeouts)
            throw new SearchFailedException($"more than {MostTimeouts} texts took a regular expression longer than {run.Limits.RegexMilliseconds} ms, the last `{Pattern}`; the search was given up");
    }

    static Regex Make(string pattern, int milliseconds, bool code) =>
        new(pattern, RegexOptions.CultureInvariant | (code ? RegexOptions.Compiled : RegexOptions.None), TimeSpan.FromMilliseconds(Math.Max(1, milliseconds)));
}
