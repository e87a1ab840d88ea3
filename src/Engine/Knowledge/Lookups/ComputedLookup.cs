using System.Text;
using Karst.Events;

namespace Karst.Engine.Knowledge.Lookups;

/// <summary>
/// A lookup that Splunk apps make with a script and whose result is a known function of one text. No script is run: the name of the script
/// in `external_cmd` says which function it is.
/// </summary>
public sealed record ComputedLookup(string Input, string Output, Func<string, string> Compute)
{
    static readonly Dictionary<string, ComputedLookup> s_byScript = new(StringComparer.Ordinal)
    {
        // URL Toolbox: Shannon's entropy of a word's characters, in bits.
        ["ut_shannon.py"] = new("word", "ut_shannon", static word => NumberText.Format(Entropy(word))),
    };

    /// <summary>The function that a command such as `ut_shannon.py word ut_shannon` stands for; null for all others.</summary>
    internal static ComputedLookup? Find(string command) => s_byScript.GetValueOrDefault(command.Split(' ', 2)[0]);

    /// <summary>Bits per character; 0 for an empty text.</summary>
    internal static double Entropy(string word)
    {
        var counts = new Dictionary<Rune, int>();
        var length = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            counts[rune] = counts.GetValueOrDefault(rune) + 1;
            length++;
        }
        return counts.Values.Sum(count => (double)count / length * Math.Log2((double)length / count));
    }
}
