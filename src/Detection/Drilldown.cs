using Karst.Events;
using Karst.Rules;
using Karst.Spl;

namespace Karst.Detection;

/// <summary>A drill-down made ready for one finding: its search and window, or why it cannot be made.</summary>
public sealed record Drilldown(string Name, string Search, SearchWindow Window, string? Problem)
{
    /// <summary>
    /// Fills a rule's drill-down for a finding. Values stand in double quotes, escaped; a token outside of quotes gets quotes. An offset without a
    /// sign counts back from the finding's time: `7d` is seven days before, `0` that time itself.
    /// </summary>
    public static Drilldown For(RuleDrilldown drilldown, Finding finding, TimeZoneInfo zone)
    {
        string? problem = null;
        var search = FillSearch(drilldown.Search, finding, ref problem);
        var name = Template.Fill(drilldown.Name, (field, _) => ValueOf(finding, field));
        var earliest = Offset(drilldown.EarliestOffset, finding.Window.Earliest, isEnd: false);
        var latest = Offset(drilldown.LatestOffset, finding.Window.Latest, isEnd: true);
        return new Drilldown(name, search, new SearchWindow(earliest, latest, finding.Window.Now), problem);

        double Offset(string? offset, double otherwise, bool isEnd)
        {
            var text = offset?.Trim() ?? "";
            if (text.Length == 0) return otherwise;
            if (text == "$info_min_time$") return finding.Window.Earliest;
            if (text == "$info_max_time$") return finding.Window.Latest;
            // The end of a window is exclusive, and the finding's own risk event has to be within it.
            if (text == "0") return isEnd ? finding.Time + 0.001 : finding.Time;
            var modifier = char.IsAsciiDigit(text[0]) ? "-" + text : text;
            if (TimeModifier.TryParse(modifier, finding.Time, zone, out var time)) return time;
            problem ??= $"the offset `{text}` is no time";
            return otherwise;
        }
    }

    static string FillSearch(string template, Finding finding, ref string? problem)
    {
        string? found = null;
        var parts = template.Split("%original_detection_search%");
        for (var i = 0; i < parts.Length; i++) parts[i] = Template.Fill(parts[i], Replace);
        problem ??= found;
        return string.Join(finding.Rule.Search, parts);

        string? Replace(string field, bool quoted)
        {
            if (ValueOf(finding, field) is not { } value)
            {
                found ??= $"the row has no field `{field}`";
                return null;
            }
            // Macros are expanded within quotes too, and nothing escapes a backtick.
            if (value.Contains('`', StringComparison.Ordinal)) found ??= $"the value of `{field}` has a backtick, which no search can hold";
            var escaped = Quoting.Escape(value);
            return quoted ? escaped : $"\"{escaped}\"";
        }
    }

    static string? ValueOf(Finding finding, string field)
    {
        if (field == "info_min_time") return RiskRows.Epoch(finding.Window.Earliest);
        if (field == "info_max_time") return RiskRows.Epoch(finding.Window.Latest);
        if (field == finding.Entity?.Field && finding.Entity.Value is { } value) return value;
        // Of several values the first: a search's `field = "$field$"` can hold only one.
        return finding.Row[field] is { IsNull: false } found ? found[0].ToString() : null;
    }
}
