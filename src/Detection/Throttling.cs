using System.Text;
using Karst.Rules;

namespace Karst.Detection;

/// <summary>What a rule's throttling left out: rows, with the fields and the seconds that it goes by.</summary>
public sealed record ThrottledRule(Rule Rule, int Rows);

/// <summary>
/// Leaves out rows that are equal, in the fields that their rule names, to one that alerted less than its period before (Splunk's Alerting Manual, "Throttle alerts"). A row without one of the
/// fields is never left out, since nothing says that it is equal; Splunk's text does not say what it does. Where a rule names no field, an alert silences the whole rule.
/// </summary>
sealed class Throttling(bool isOn)
{
    readonly Dictionary<(Rule, string), double> _alerted = [];
    readonly Dictionary<Rule, int> _left = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was left out, by rule.</summary>
    internal IReadOnlyList<ThrottledRule> Left => [.. _left.Select(static rule => new ThrottledRule(rule.Key, rule.Value))];

    /// <summary>
    /// Which rows of one run alert: each row given as its findings. <paramref name="run"/> is the moment of a scheduled run; without it each row is an alert at its own time, the earliest first.
    /// </summary>
    internal bool[] Passes(Rule rule, IReadOnlyList<IReadOnlyList<Finding>> rows, double? run)
    {
        var passes = new bool[rows.Count];
        Array.Fill(passes, true);
        if (!isOn || rule.Throttle is not { } throttle) return passes;
        // One alert for all rows of a run; a hunt without a schedule is one run.
        if (throttle.Fields.Count == 0)
        {
            if (run is not { } moment || rows.Count == 0 || Alerts(rule, "", moment, throttle.Seconds)) return passes;
            Array.Clear(passes);
            Leave(rule, rows.Count);
            return passes;
        }
        foreach (var at in Enumerable.Range(0, rows.Count).OrderBy(at => run ?? rows[at][0].First))
        {
            if (KeyOf(throttle.Fields, rows[at][0].Row) is not { } key || Alerts(rule, key, run ?? rows[at][0].First, throttle.Seconds)) continue;
            passes[at] = false;
            Leave(rule, 1);
        }
        return passes;
    }

    bool Alerts(Rule rule, string key, double time, double seconds)
    {
        if (_alerted.TryGetValue((rule, key), out var before) && time - before < seconds) return false;
        _alerted[(rule, key)] = time;
        return true;
    }

    void Leave(Rule rule, int rows) => _left[rule] = _left.GetValueOrDefault(rule) + rows;

    static string? KeyOf(IReadOnlyList<string> fields, ResultRow row)
    {
        var key = new StringBuilder();
        foreach (var field in fields)
        {
            var value = row[field];
            if (value.IsNull) return null;
            for (var i = 0; i < value.Count; i++)
            {
                var text = value[i].ToString();
                key.Append(System.Globalization.CultureInfo.InvariantCulture, $"{text.Length}:{text}");
            }
            key.Append(';');
        }
        return key.ToString();
    }
}
