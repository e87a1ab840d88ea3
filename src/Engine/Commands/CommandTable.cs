namespace Karst.Engine.Commands;

/// <summary>All commands, in the order of the docs.</summary>
public static class CommandTable
{
    static readonly Command[] s_all =
    [
        new Accum(),
        new Addcoltotals(),
        new Addinfo(),
        new Addtotals(),
        new Append(),
        new Appendcols(),
        new Appendpipe(),
        new Autoregress(),
        new Bin(),
        new Chart(),
        new Concurrency(),
        new Convert(),
        new Datamodel(),
        new Dedup(),
        new Delta(),
        new Eval(),
        new Eventcount(),
        new Eventstats(),
        new Extract(),
        new Fields(),
        new Fieldsummary(),
        new Filldown(),
        new Fillnull(),
        new Foreach(),
        new From(),
        new Fromjson(),
        new Gentimes(),
        new Head(),
        new Inputlookup(),
        new Iplocation(),
        new Join(),
        new Lookup(),
        new Makemv(),
        new Makeresults(),
        new Map(),
        new Metadata(),
        new Mstats(),
        new Multikv(),
        new Mvcombine(),
        new Mvexpand(),
        new Nomv(),
        new Outputlookup(),
        new Rangemap(),
        new Rare(),
        new Regex(),
        new Rename(),
        new Replace(),
        new Return(),
        new Reverse(),
        new Rex(),
        new Savedsearch(),
        new Search(),
        new Sort(),
        new Spath(),
        new Stats(),
        new Strcat(),
        new Streamstats(),
        new Table(),
        new Tail(),
        new Timechart(),
        new Top(),
        new Transaction(),
        new Transpose(),
        new Trendline(),
        new Tstats(),
        new Uniq(),
        new Untable(),
        new Where(),
        new Xmlkv(),
        new Xyseries(),
    ];

    static readonly Dictionary<string, Command> s_byName = s_all
        .SelectMany(command => command.Aliases.Prepend(command.Name).Select(name => (name, command)))
        .ToDictionary(entry => entry.name, entry => entry.command, StringComparer.OrdinalIgnoreCase);

    /// <summary>The commands, sorted by name.</summary>
    public static IReadOnlyList<Command> All => s_all;

    /// <summary>Finds a command by name or alias; null when there is none.</summary>
    public static Command? Find(string name) => s_byName.GetValueOrDefault(name);
}
