namespace Karst.Rules.Analysis;

/// <summary>One name for a field that searches write in several ways: `Processes.process_name` is `process_name`.</summary>
public static class FieldNames
{
    // The datasets of the CIM's data models, which stand before their fields in tstats; from the CIM manual, "Data model reference tables".
    static readonly HashSet<string> s_datasets = new(StringComparer.Ordinal)
    {
        "Alerts", "All_Application_State", "Ports", "Processes", "Services", "Authentication", "Failed_Authentication", "Successful_Authentication",
        "Default_Authentication", "Failed_Default_Authentication", "Successful_Default_Authentication", "Insecure_Authentication", "Privileged_Authentication",
        "Failed_Privileged_Authentication", "Successful_Privileged_Authentication", "All_Certificates", "SSL", "All_Changes", "Auditing_Changes", "Endpoint_Changes",
        "Endpoint_Restarts", "Other_Endpoint_Changes", "Network_Changes", "Device_Restarts", "Account_Management", "Accounts_Created", "Accounts_Deleted",
        "Account_Lockouts", "Accounts_Updated", "Instance_Changes", "Filesystem_Changes", "Registry_Changes", "All_Inventory", "Data_Access", "All_Databases",
        "DLP_Incidents", "All_Email", "Delivery", "Content", "Filtering", "Filesystem", "Registry", "Signatures", "IDS_Attacks", "Application_IDS_Attacks",
        "Host_IDS_Attacks", "Network_IDS_Attacks", "All_Messaging", "Malware_Attacks", "Allowed_Malware", "Blocked_Malware", "Malware_Operations", "DNS", "All_Sessions",
        "Session_Start", "Session_End", "DHCP", "VPN", "All_Traffic", "Allowed_Traffic", "Blocked_Traffic", "Traffic_By_Action", "All_Performance", "All_Risk",
        "All_Ticket_Management", "Updates", "Vulnerabilities", "Web", "Proxy", "Storage", "All_UEBA_Events", "UEBA_Anomalies", "Incident_Management",
    };

    /// <summary>The name without the datasets before it.</summary>
    public static string Normalize(string field)
    {
        while (field.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && dot < field.Length - 1 && s_datasets.Contains(field[..dot])) field = field[(dot + 1)..];
        return field;
    }

    /// <summary>The name carries the dataset of a data model.</summary>
    public static bool IsOfModel(string field) => Normalize(field).Length != field.Length;
}
