using System.Text;

namespace Karst.Spl;

/// <summary>One run of the expander.</summary>
sealed class MacroExpansion(string original, IMacroSource macros, MacroEvaluator? evaluator)
{
    readonly StringBuilder _output = new();
    readonly List<MacroCall> _used = [];
    readonly List<Diagnostic> _diagnostics = [];
    readonly List<string> _path = [];

    // Where a stretch of the output begins, where it comes from, and whether it was copied (then positions move along).
    readonly List<(int Output, int Original, bool Copied)> _map = [];
    int _calls;
    int _read;
    bool _stopped;

    public Expansion Run()
    {
        Scan(original, null, 0);
        if (!_stopped) return new Expansion(_output.ToString(), _used, _diagnostics, ToOriginal) { ToExpanded = ToExpanded };
        return new Expansion(original, _used, _diagnostics, position => position);
    }

    // `at` is the outermost call's place, or null for the original text itself; `quotes` counts the quoted strings that this text goes into.
    void Scan(string text, Span? at, int quotes)
    {
        if ((_read += text.Length) > MacroExpander.MaxRead && at is { } outer)
        {
            Stop(SplErrors.MacroLimit("characters", MacroExpander.MaxRead, outer));
            return;
        }
        var quoteEnd = -1;
        var copied = 0;
        for (var index = 0; index < text.Length && !_stopped; index++)
        {
            var current = text[index];
            if (index == quoteEnd) { quoteEnd = -1; continue; }
            if (current == '\\' && index + 1 < text.Length && (text[index + 1] is '"' or '\\')) { index++; continue; }
            if (current == '"' && quoteEnd < 0)
            {
                quoteEnd = Quoting.FindClose(text, index, text.Length);
                if (quoteEnd < 0) quoteEnd = text.Length;
                continue;
            }
            if (current != '`') continue;
            if (quoteEnd < 0 && Lexer.IsComment(text, index))
            {
                var close = text.IndexOf("```", index + 3, StringComparison.Ordinal);
                if (close < 0) break;
                index = close + 2;
                continue;
            }
            // Within quotes a backtick may be just that; a call must end within the same quotes.
            if (MacroReader.Read(text, index, quoteEnd < 0 ? text.Length : quoteEnd) is not { } call)
            {
                if (quoteEnd < 0) index = Math.Max(index, text.IndexOf('`', index + 1));
                continue;
            }
            var place = at ?? call.Span;
            var quoted = quoteEnd >= 0;
            if (Resolve(call, place, quoted) is { } definition)
            {
                Copy(text, copied, index, at, quotes);
                copied = call.Span.End;
                _used.Add(call with { Span = place });
                _path.Add(call.Key);
                Scan(quoted ? StripQuotes(definition) : definition, place, quoted ? quotes + 1 : quotes);
                _path.RemoveAt(_path.Count - 1);
            }
            index = call.Span.End - 1;
        }
        if (!_stopped) Copy(text, copied, text.Length, at, quotes);
    }

    // Within a quoted string quotes do not nest: what a macro brings is escaped there, so that the string means the expanded text.
    void Copy(string text, int from, int to, Span? at, int quotes)
    {
        if (quotes > 0)
        {
            text = text[from..to];
            for (var level = 0; level < quotes && text.Length <= MacroExpander.MaxLength; level++) text = Escape(text);
            (from, to) = (0, text.Length);
        }
        _map.Add((_output.Length, at?.Start ?? from, at is null));
        if (_output.Length + to - from > MacroExpander.MaxLength) Stop(SplErrors.MacroLimit("characters", MacroExpander.MaxLength, at ?? new Span(0, 0)));
        else _output.Append(text, from, to - from);
    }

    static string Escape(string text) =>
        text.Contains('"') ? Quoting.Escape(text) : text;

    void Stop(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        _stopped = true;
    }

    string? Resolve(MacroCall call, Span place, bool quoted)
    {
        if (++_calls > MacroExpander.MaxCalls)
        {
            Stop(SplErrors.MacroLimit("calls", MacroExpander.MaxCalls, place));
            return null;
        }
        if (_path.Contains(call.Key)) return Refuse(SplErrors.MacroCycle(string.Join(" > ", _path.Append(call.Key)), place));
        if (_path.Count >= MacroExpander.MaxDepth) return Refuse(SplErrors.TooDeep("macros", MacroExpander.MaxDepth, place));
        if (macros.Find(call.Key) is not { } macro) return Refuse(SplErrors.UnknownMacro(call.Key, place, quoted));
        var values = call.Arguments.Select(StripQuotes).ToArray();
        try
        {
            if (macro.Validation is { } validation && !Validate(macro, Substitute(validation, macro.Arguments, values), place)) return null;
            var text = Substitute(macro.Definition, macro.Arguments, values);
            if (text.Length > MacroExpander.MaxLength) return Refuse(SplErrors.MacroLimit("characters", MacroExpander.MaxLength, place));
            if (!macro.IsEval) return text;
            if (evaluator is null) return Refuse(SplErrors.MacroNeedsEvaluator(macro.Key, "an eval-based definition", place));
            return evaluator(text) ?? Refuse(SplErrors.MacroRefuses(macro.Key, "its definition has no value", place));
        }
        catch (SplException problem)
        {
            return Refuse(problem.Diagnostic with { At = place });
        }
    }

    // A validation that gives a text instead of a Boolean refuses with that text (macros.conf: validation, errormsg).
    bool Validate(Macro macro, string validation, Span place)
    {
        if (evaluator is null)
        {
            Refuse(SplErrors.MacroNeedsEvaluator(macro.Key, "a validation expression", place));
            return false;
        }
        var result = evaluator(validation);
        if (result is null || result.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        var message = result.Equals("false", StringComparison.OrdinalIgnoreCase) ? macro.ErrorMessage : result;
        Refuse(SplErrors.MacroRefuses(macro.Key, message, place));
        return false;
    }

    string? Refuse(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        return null;
    }

    // Within a quoted text, as in the search of `map`, the quotes around an argument are escaped.
    static string StripQuotes(string argument) =>
        argument.Length >= 4 && argument.StartsWith("\\\"", StringComparison.Ordinal) && argument.IndexOf("\\\"", 2, StringComparison.Ordinal) == argument.Length - 2 ? argument[2..^2]
        : argument.Length >= 2 && argument[0] == '"' && Quoting.FindClose(argument, 0, argument.Length) == argument.Length - 1 ? argument[1..^1] : argument;

    static string Substitute(string text, IReadOnlyList<string> names, string[] values)
    {
        if (names.Count == 0 || !text.Contains('$')) return text;
        var result = new StringBuilder();
        for (var index = 0; index < text.Length && result.Length <= MacroExpander.MaxLength; index++)
        {
            var close = text[index] == '$' ? text.IndexOf('$', index + 1) : -1;
            var argument = close < 0 ? -1 : IndexOf(names, text.AsSpan(index + 1, close - index - 1));
            if (argument < 0 || argument >= values.Length)
            {
                result.Append(text[index]);
                continue;
            }
            result.Append(values[argument]);
            index = close;
        }
        return result.ToString();
    }

    static int IndexOf(IReadOnlyList<string> names, ReadOnlySpan<char> name)
    {
        for (var index = 0; index < names.Count; index++)
            if (name.SequenceEqual(names[index])) return index;
        return -1;
    }

    int ToOriginal(int position)
    {
        var low = 0;
        var high = _map.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_map[middle].Output <= position) low = middle;
            else high = middle - 1;
        }
        var (output, source, copied) = _map[low];
        return copied ? source + position - output : source;
    }

    int ToExpanded(int position)
    {
        var found = position;
        foreach (var (output, source, copied) in _map)
        {
            if (source > position) break;
            if (copied) found = output + position - source;
            else if (source == position) return output;
        }
        return found;
    }
}
