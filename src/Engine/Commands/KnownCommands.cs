namespace Karst.Engine.Commands;

/// <summary>Commands that Splunk has and Karst has not, each with the reason: a search that uses one is refused by name.</summary>
public static class KnownCommands
{
    const string Model = "it needs a trained model, whose file and algorithm belong to an app";
    const string Statistics = "its result depends on an algorithm that is not documented well enough to be exact";
    const string Server = "it asks or changes a Splunk server";
    const string Summary = "it reads or writes Splunk's own summaries and metric stores";
    const string Display = "it only shapes results for Splunk's displays";
    const string Forms = "it reads a template out of an app's forms folder, whose rules are not documented well enough to be exact";
    const string App = "it comes from an app that is not part of Splunk";

    static readonly SortedDictionary<string, string> s_reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["abstract"] = Display,
        ["analyzefields"] = Statistics,
        ["anomalies"] = Statistics,
        ["anomalousvalue"] = Statistics,
        ["anomalydetection"] = Statistics,
        ["apply"] = Model,
        ["arules"] = Statistics,
        ["associate"] = Statistics,
        ["audit"] = Server,
        ["avlbase64"] = App,
        ["awssnsalert"] = App,
        ["base64"] = App,
        ["bucketdir"] = "how it chooses folders is not documented well enough to be exact",
        ["cefout"] = "it sends results away, and no search of Karst does",
        ["cluster"] = Statistics,
        ["cofilter"] = Statistics,
        ["copyresults"] = Server,
        ["correlate"] = Statistics,
        ["createrss"] = Server,
        ["cyberchef"] = App,
        ["dbinspect"] = Server,
        ["dbxquery"] = App,
        ["delete"] = Server,
        ["diff"] = "its text follows a comparison of lines whose choices are not documented",
        ["dnstwist"] = App,
        ["dump"] = Server,
        ["entitymerge"] = App,
        ["erex"] = Statistics,
        ["findtypes"] = Statistics,
        ["fit"] = Model,
        ["folderize"] = "how it chooses folders is not documented well enough to be exact",
        ["gauge"] = Display,
        ["geom"] = Display,
        ["geomfilter"] = Display,
        ["geostats"] = Display,
        ["highlight"] = Display,
        ["history"] = Server,
        ["iconify"] = Display,
        ["input"] = Server,
        ["inputcsv"] = Server,
        ["inputintelligence"] = App,
        ["kmeans"] = Statistics,
        ["kvform"] = Forms,
        ["loadjob"] = "it reads the results of a job on a Splunk server",
        ["localize"] = "it makes ranges of time for map, which search by time alone",
        ["localop"] = Server,
        ["makejson"] = "it is an internal command that Splunk does not support",
        ["mcatalog"] = Summary,
        ["mcollect"] = Summary,
        ["metasearch"] = Server,
        ["meventcollect"] = Summary,
        ["mpreview"] = Summary,
        ["msearch"] = Summary,
        ["noop"] = "it only steers Splunk's own optimiser",
        ["outputcsv"] = Server,
        ["outputtext"] = Display,
        ["overlap"] = Summary,
        ["pivot"] = Summary,
        ["predict"] = Statistics,
        ["prjob"] = Server,
        ["redistribute"] = Server,
        ["relevancy"] = "its result depends on an algorithm that is not documented well enough to be exact",
        ["rest"] = "it asks a Splunk server's REST interface",
        ["rtorder"] = "it sorts the events of a search in real time",
        ["run"] = "it runs a program, and no search of Karst does",
        ["runshellscript"] = "it runs a program, and no search of Karst does",
        ["script"] = "it runs a program, and no search of Karst does",
        ["scrub"] = "it makes events unknowable with dictionaries that belong to Splunk",
        ["searchtxn"] = "it uses transactiontypes.conf, and searches in the order of an index",
        ["sendalert"] = "it sends results away, and no search of Karst does",
        ["sendemail"] = "it sends results away, and no search of Karst does",
        ["sichart"] = Summary,
        ["sirare"] = Summary,
        ["sistats"] = Summary,
        ["sitimechart"] = Summary,
        ["sitop"] = Summary,
        ["summary"] = Model,
        ["tscollect"] = Summary,
        ["typeahead"] = Server,
        ["typelearner"] = Statistics,
        ["typer"] = "events have their event types by themselves, and it is not documented for other rows",
        ["walklex"] = Server,
        ["x11"] = Statistics,
    };

    /// <summary>Name and reason of each, sorted by name.</summary>
    public static IReadOnlyDictionary<string, string> All => s_reasons;

    /// <summary>Why a command of Splunk's cannot run, or null when the name is not known at all. Commands in <see cref="CommandTable"/> are asked there first.</summary>
    public static string? Reason(string name) => s_reasons.GetValueOrDefault(name);
}
