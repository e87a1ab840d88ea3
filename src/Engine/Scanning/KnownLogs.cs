using System.Text.RegularExpressions;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// The sourcetypes that content tells, and by what. The first that fits counts, so what is more particular stands first. Names of keys and forms of lines are
/// those that the makers of the logs document.
/// </summary>
static class KnownLogs
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    static readonly (string Sourcetype, Func<LogShape, bool> Fits)[] s_json =
    [
        ("aws:cloudtrail", static log => log.Has("eventVersion", "eventSource")),
        ("aws:cloudtrail", static log => log.Has("eventVersion", "eventName")),
        ("aws:securityhub:finding", static log => log.Has("ProductArn", "GeneratorId")),
        ("aws:asl", static log => log.Has("class_uid", "metadata")),
        ("o365:management:activity", static log => log.Has("CreationTime", "Operation", "Workload")),
        ("mscs:azure:eventhub:defender:advancedhunting", static log => log["category"].StartsWith("AdvancedHunting-", StringComparison.Ordinal)),
        ("azure:monitor:aad", static log => log.Has("operationName", "tenantId", "category", "properties") && log["resourceId"].Contains("microsoft.aadiam", StringComparison.OrdinalIgnoreCase)),
        ("mscs:azure:audit", static log => log.Has("operationName.value", "subscriptionId")),
        ("gws:reports:login", static log => log["kind"] == "admin#reports#activity" && log["id.applicationName"] == "login"),
        ("gws:reports:drive", static log => log["kind"] == "admin#reports#activity" && log["id.applicationName"] == "drive"),
        ("gws:reports:admin", static log => log["kind"] == "admin#reports#activity"),
        ("gsuite:gmail:bigquery", static log => log.Has("rfc2822_message_id", "action_type")),
        ("gsuite:drive:json", static log => log.Has("parameters.doc_id", "name", "type")),
        ("google:gcp:pubsub:message", static log => log.Has("protoPayload", "logName") || log.Has("data.protoPayload")),
        ("OktaIM2:log", static log => log.Has("published", "eventType", "actor", "outcome")),
        ("crowdstrike:events:sensor", static log => log.Has("event_simpleName", "aid")),
        ("crowdstrike:event:streams:json", static log => log.Has("metadata.customerIDString", "event")),
        ("osquery:results", static log => log.Has("hostIdentifier", "columns")),
        ("suricata", static log => log.Has("event_type", "timestamp", "src_ip", "proto")),
        ("suricata", static log => log.Has("event_type", "timestamp", "stats")),
        ("bro:http:json", static log => log.Has("id.orig_h", "uid", "method") || (log.Has("uid", "host", "uri") && log.Text.Contains("\"id.orig_h\"", StringComparison.Ordinal))),
        ("bro:conn:json", static log => log.Has("uid", "conn_state")),
        ("stream:http", static log => log.Has("endtime", "src_ip", "dest_ip", "uri_path")),
        ("stream:dns", static log => log.Has("endtime", "src_ip", "dest_ip", "query_type")),
        ("circleci", static log => log.Has("build_num", "workflows")),
        ("aws:firehose:json", static log => log.Has("repository", "sender") || log.Has("action", "workflow_run")),
    ];

    static readonly (string Sourcetype, Regex Form)[] s_text =
    [
        ("sysmon:linux", Form("""^(?:\w{3} +\d+ [\d:]+ \S+ \S+: )?<Event.*?<Provider Name=["']Linux-Sysmon["']""")),
        ("XmlWinEventLog", Form("""^<Event(?: xmlns=[^>]*)?>\s*<System>\s*<Provider """)),
        ("linux:audit", Form("""^(?:node=\S+ )?type=\w+ msg=audit\(\d""")),
        ("WinEventLog", Form("""^(?:\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d\d:\d\d [AP]M\s+)LogName=""")),
        ("ActiveDirectory", Form("""(?m)^admonEventType=""")),
        ("pan:threat", Form("""^[^,]*,[^,]*,[^,]*,THREAT,""")),
        ("pan:traffic", Form("""^[^,]*,[^,]*,[^,]*,TRAFFIC,""")),
        ("nginx:plus:kv", Form("""^site="[^"]*" server="[^"]*" dest_port=""")),
        ("kube:container:falco", Form("""^[\d:.]+: (?:Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug) .*\(?evt_type=""")),
        ("crushftp:sessionlogs", Form("""^SESSION\|""")),
        ("ivanti_vtm_audit", Form("""^\[\d\d/\w{3}/\d{4}:[^\]]*\]\s+USER=\S+\s+GROUP=""")),
        ("aws:cloudwatchlogs:vpcflow", Form("""^2 \S+ eni-\w+ \S+ \S+ \S+ \S+ \S+ \S+ \S+ \d+ \d+ (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)""")),
        ("aws:cloudfront:accesslogs", Form("""^\d{4}-\d\d-\d\d\t[\d:]{8}\t[A-Z]{3}\S*\t\d+\t\S+\t[A-Z]+\t\S+\.cloudfront\.net\t""")),
        ("zscalernss-web", Form("""(?:^|\t)reason=.*\turl=.*\t(?:.*\t)?urlcategory=""")),
        ("splunkd_ui_access", Form("""^Audit:\[timestamp=""")),
        ("linux_secure", Form("""^\w{3} +\d+ [\d:]{8} \S+ (?:sshd|sudo|su|login|systemd-logind|useradd|usermod|groupadd|passwd)(?:\(\S+\))?(?:\[\d+\])?:""")),
        ("ms:iis:splunk", Form("""^#Software: Microsoft Internet Information Services""")),
    ];

    /// <summary>The sourcetype of an event; null when nothing fits.</summary>
    internal static string? Find(LogShape log)
    {
        if (log.IsJson)
        {
            foreach (var (sourcetype, fits) in s_json)
                if (fits(log)) return sourcetype;
            return null;
        }
        foreach (var (sourcetype, form) in s_text)
            if (Matches(form, log.Text)) return sourcetype;
        return null;
    }

    static bool Matches(Regex form, string text) => RegexTries.Match(form, text) is { Success: true };

    static Regex Form(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.Singleline, s_limit);
}
