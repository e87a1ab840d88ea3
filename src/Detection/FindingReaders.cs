using System.Text.RegularExpressions;

namespace Karst.Detection;

/// <summary>
/// Searches that read findings: of the indexes `risk` and `notable`, or the data model Risk. Told by the expanded text; one that only seems to reads the events as all do, and no findings
/// where its own conditions want none.
/// </summary>
static partial class FindingReaders
{
    internal static bool Reads(string search) => Source().IsMatch(search);

    [GeneratedRegex("""\b(?:index|datamodel)\s*(?:==?|:)?\s*"?(?:risk|notable)\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Source();
}
