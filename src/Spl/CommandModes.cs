namespace Karst.Spl;

/// <summary>What the parser must know of commands: where quotes mean something else, and where expressions stand.</summary>
static class CommandModes
{
    /// <summary>How single quotes are read in a command's arguments.</summary>
    public static SingleQuotes QuotesOf(string command) => command switch
    {
        // A first stage and `search`: text to look for may hold an apostrophe. The others filter by search rules in where=.
        "search" or "tstats" or "mstats" or "inputlookup" or "metasearch" or "searchtxn" or "mcatalog" or "from" or "" => SingleQuotes.Ordinary,
        "eval" or "where" or "fieldformat" or "head" => SingleQuotes.Anywhere,
        _ => SingleQuotes.AtStart,
    };
}
