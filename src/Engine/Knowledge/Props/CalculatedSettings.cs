using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Props;

/// <summary>An EVAL- setting, bound when its field is wanted for the first time; one that cannot be is told then, once.</summary>
sealed class CalculatedSetting(ConfSetting setting, KnowledgeProblems problems)
{
    readonly Lazy<CalculatedField?> _bound = new(() => Bind(setting, problems));

    internal string Field { get; } = FieldOf(setting);

    internal CalculatedField? Bound => _bound.Value;

    static string FieldOf(ConfSetting setting) => setting.Name["EVAL-".Length..];

    static CalculatedField? Bind(ConfSetting setting, KnowledgeProblems problems)
    {
        try
        {
            return new CalculatedField(FieldOf(setting), PropsSettings.Bind(setting.Value));
        }
        catch (SplException error)
        {
            problems.Add(setting, error.Message);
            return null;
        }
    }
}

/// <summary>All EVAL- settings of a sourcetype.</summary>
sealed class CalculatedSettings(IReadOnlyList<CalculatedSetting> settings) : INarrowable
{
    public Stage? Narrow(FieldSet wanted)
    {
        var fields = settings.Where(setting => wanted.Contains(setting.Field)).Select(setting => setting.Bound).OfType<CalculatedField>().ToList();
        return fields.Count == 0 ? null : new CalculateStage(fields);
    }
}
