using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Lookups;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Engine.Knowledge.Props;

/// <summary>A LOOKUP- setting. Its table is read when one of its fields is wanted for the first time; one that cannot be used is told then, once.</summary>
sealed class LookupSetting : INarrowable
{
    readonly LookupSpec? _spec;
    readonly Lazy<INarrowable?> _bound;

    internal LookupSetting(ConfSetting setting, Func<string, LookupTable?> find, Func<string, ComputedLookup?> computed, KnowledgeProblems problems)
    {
        try
        {
            _spec = PropsSettings.ReadLookup(setting.Value);
        }
        catch (SplException error)
        {
            problems.Add(setting, error.Message);
        }
        _bound = new Lazy<INarrowable?>(() => Bind(setting, _spec!, find, computed, problems));
    }

    public Stage? Narrow(FieldSet wanted)
    {
        if (_spec is null) return null;
        // Without OUTPUT the table itself says which fields there are.
        if (_spec.Outputs is { } outputs && !outputs.Any(pair => wanted.Contains(pair.Field))) return null;
        return _bound.Value?.Narrow(wanted);
    }

    static INarrowable? Bind(ConfSetting setting, LookupSpec spec, Func<string, LookupTable?> find, Func<string, ComputedLookup?> computed, KnowledgeProblems problems)
    {
        try
        {
            if (computed(spec.Name) is { } lookup) return ComputedLookupStage.Bind(spec, lookup);
            if (find(spec.Name) is { } table) return LookupStage.Bind(spec, table);
            problems.Add(setting, KnowledgeErrors.NoLookup(spec.Name, default).Message);
        }
        catch (SplException error)
        {
            problems.Add(setting, error.Message);
        }
        return null;
    }
}
