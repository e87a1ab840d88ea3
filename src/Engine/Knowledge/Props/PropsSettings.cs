using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Lookups;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Props;

/// <summary>The settings of a sourcetype to its stages; what cannot be honoured is told with its place.</summary>
static class PropsSettings
{
    /// <summary>Settings that change events while they are indexed; nothing here runs at that time.</summary>
    static readonly string[] s_indexTime =
    [
        "RULESET-", "METRIC-SCHEMA-TRANSFORMS-", "MAX_EVENTS", "MUST_BREAK_AFTER", "MUST_NOT_BREAK_", "DATETIME_CONFIG", "FIELD_HEADER_REGEX", "FIELD_QUOTE",
        "HEADER_FIELD_DELIMITER", "HEADER_FIELD_QUOTE", "HEADER_FIELD_ACCEPTABLE_SPECIAL_CHARACTERS", "PREAMBLE_REGEX", "MISSING_VALUE_REGEX", "UNARCHIVE_CMD",
    ];

    /// <summary>`EXTRACT-x`, `EXTRACT-y`: the settings of a kind, ordered by class in ASCII order, as Splunk applies them.</summary>
    internal static IEnumerable<ConfSetting> OfClass(ConfStanza props, string prefix) => props.Settings
        .Where(setting => setting.Name.StartsWith(prefix, StringComparison.Ordinal) && setting.Value.Length > 0)
        .OrderBy(setting => setting.Name, StringComparer.Ordinal);

    internal static void ReportUnhonoured(ConfStanza props, KnowledgeProblems problems)
    {
        foreach (var setting in props.Settings)
            if (Array.Exists(s_indexTime, prefix => setting.Name.StartsWith(prefix, StringComparison.Ordinal)))
                problems.Add(setting, "changes events at index time and is not honoured");
    }

    internal static IReadOnlyList<FieldAlias> Aliases(ConfStanza props, KnowledgeProblems problems)
    {
        var aliases = new List<FieldAlias>();
        foreach (var setting in OfClass(props, "FIELDALIAS-"))
        {
            var words = Words(setting.Value);
            for (var i = 0; i + 2 < words.Count; i += 3)
            {
                var onlyNew = words[i + 1].Equals("ASNEW", StringComparison.OrdinalIgnoreCase);
                if (!onlyNew && !words[i + 1].Equals("AS", StringComparison.OrdinalIgnoreCase)) break;
                aliases.Add(new FieldAlias(words[i], words[i + 2], onlyNew));
            }
            if (words.Count == 0 || words.Count % 3 != 0) problems.Add(setting, "needs `field AS alias` or `field ASNEW alias`, repeated");
        }
        return aliases;
    }

    internal static IReadOnlyList<INarrowable> Calculated(ConfStanza props, KnowledgeProblems problems)
    {
        var fields = OfClass(props, "EVAL-").Select(setting => new CalculatedSetting(setting, problems)).ToList();
        return fields.Count > 0 ? [new CalculatedSettings(fields)] : [];
    }

    internal static BoundExpression Bind(string expression) =>
        ExpressionBinder.Bind(SplParser.ParseEval(expression, new Span(0, expression.Length)));

    internal static IEnumerable<INarrowable> Lookups(ConfStanza props, Func<string, LookupTable?> find, Func<string, ComputedLookup?> computed, KnowledgeProblems problems) =>
        OfClass(props, "LOOKUP-").Select(setting => new LookupSetting(setting, find, computed, problems));

    /// <summary>Reads the arguments of the `lookup` command from text; throws <see cref="SplException"/>.</summary>
    internal static LookupSpec ReadLookup(string arguments)
    {
        var parsed = SplParser.Parse("| lookup " + arguments);
        if (parsed.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error) is { } error) throw new SplException(error);
        return LookupSpec.Read(new ArgumentReader(parsed.Search.Commands[0]));
    }

    static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]) || text[i] == ',')
            {
                i++;
                continue;
            }
            var quote = text[i] is '"' or '\'' ? text[i] : ' ';
            var start = quote == ' ' ? i : ++i;
            while (i < text.Length && (quote == ' ' ? !char.IsWhiteSpace(text[i]) && text[i] != ',' : text[i] != quote)) i++;
            words.Add(text[start..i]);
            if (quote != ' ') i++;
        }
        return words;
    }
}
