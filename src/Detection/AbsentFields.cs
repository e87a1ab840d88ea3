using Karst.Engine.Functions;
using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Engine.Scanning;
using Karst.Events;

namespace Karst.Detection;

/// <summary>Fields that a search asks for and no event of a sourcetype has: most often a name of another add-on, or a slip of the pen.</summary>
static class AbsentFields
{
    const int MaxNames = 3;

    /// <summary>Those of the fields that none of the sourcetype's events has. All events are read anew, with all their fields.</summary>
    public static IReadOnlyList<AbsentField> Find(IReadOnlyList<string> fields, string sourcetype, EventsStage events, IEventSource source, RunContext run, CancellationToken cancellation)
    {
        var names = new Names(sourcetype);
        var search = new PlannedSearch(new Plan([events with { Wanted = FieldSet.All }]), run, new Sink(names.Take)) { MayLift = false, MayPrefilter = false };
        // Where reading ends early, nothing can be said of what was not read.
        if (Runner.Run([search], source, cancellation)[0].Failure is not null) return [];
        return [.. fields.Where(field => !names.Seen.Contains(field)).Select(field => new AbsentField(field, Near(field, names.Seen)))];
    }

    /// <summary>The names that a writer may have meant: the same letters in another case or with other marks between them, or few letters away.</summary>
    internal static IReadOnlyList<string> Near(string field, IEnumerable<string> names)
    {
        var wanted = Letters(field);
        return
        [
            .. names.Select(name => (Name: name, Distance: Distance(wanted, Letters(name))))
                .Where(near => near.Distance * 4 <= wanted.Length)
                .OrderBy(static near => near.Distance).ThenBy(static near => near.Name, StringComparer.Ordinal)
                .Take(MaxNames).Select(static near => near.Name),
        ];
    }

    static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    // Names are short, and longer ones than any field's count as far away.
    static int Distance(string one, string other)
    {
        const int MaxLetters = 200;
        return one.Length is 0 or > MaxLetters || other.Length is 0 or > MaxLetters ? int.MaxValue / 4 : NearestName.Edits(one, other);
    }

    sealed class Names(string sourcetype)
    {
        internal HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        internal bool Take(Batch batch)
        {
            if (batch.Find("sourcetype") is not { } sourcetypes) return true;
            foreach (var column in batch.Columns)
            {
                if (Seen.Contains(column.Name)) continue;
                for (var row = 0; row < batch.Count; row++)
                {
                    if (column.Values[row].IsNull || sourcetypes.Values[row].ToString() != sourcetype) continue;
                    Seen.Add(column.Name);
                    break;
                }
            }
            return true;
        }
    }
}

/// <summary>A field that no event has, and the names of fields near it that some have.</summary>
sealed record AbsentField(string Name, IReadOnlyList<string> Near);
