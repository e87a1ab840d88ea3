using Karst.Rules;
using Karst.Rules.Analysis;

namespace Karst.Units.Rules;

public sealed class EventCoverageTests
{
    static readonly EventCoverage s_coverage = new(EventTable.ReadFolder(Path.Combine(SharedData.Repository, "content")));

    static IReadOnlyList<CoveredEvent> Of(string search, params string[] dataSources) =>
        s_coverage.Of(new Rule { Path = "r.yml", Name = "R", Search = search, SearchMap = TextMap.Of(search), DataSources = dataSources }, RuleAnalysis.Of(search, NoMacros.Instance));

    static string Shown(string search, params string[] dataSources) => string.Join("; ", Of(search, dataSources).Select(covered => $"{covered.Provider} {covered.Event}"));

    [Theory]
    [InlineData("sourcetype=aws:cloudtrail eventSource=ecr.amazonaws.com eventName=PutImage", "AWS-ecr PutImage")]
    [InlineData("eventSource=ecr.amazonaws.com eventName IN (PutImage, DescribeImages)", "AWS-ecr DescribeImages; AWS-ecr PutImage")]
    [InlineData("sourcetype=aws:cloudtrail eventName=createaccesskey", "AWS-iam CreateAccessKey")]
    [InlineData("sourcetype=aws:cloudtrail eventSource=lambda.amazonaws.com", "AWS-lambda _catch_all")]
    [InlineData("sourcetype=aws:cloudtrail eventSource=iam.amazonaws.com eventName=Create*", "AWS-iam _catch_all")]
    [InlineData("sourcetype=aws:cloudtrail NOT eventName=PutImage", "AWS _catch_all")]
    [InlineData("source=XmlWinEventLog:Security EventCode=4688", "Microsoft-Windows-Security-Auditing 4688")]
    [InlineData("(sourcetype=XmlWinEventLog source=XmlWinEventLog:System) EventCode=7045", "Service Control Manager 7045")]
    [InlineData("sourcetype=o365:management:activity Workload=Exchange Operation=Set-Mailbox", "O365-Exchange Set-Mailbox")]
    [InlineData("(source=XmlWinEventLog:Security EventCode=4624) OR (source=*Sysmon/Operational EventCode=3)", "Linux-Sysmon 3; Microsoft-Windows-Security-Auditing 4624; Microsoft-Windows-Sysmon 3")]
    [InlineData("source=XmlWinEventLog:Security EventCode=4662 | join x [search source=XmlWinEventLog:Security EventCode=4624]", "Microsoft-Windows-Security-Auditing 4624; Microsoft-Windows-Security-Auditing 4662")]
    [InlineData("sourcetype=linux:audit | eval x=if(type=\"PATH\", 1, 0)", "Linux-Audit _catch_all")]
    public void Predicates_name_events(string search, string expected)
    {
        Assert.Equal(expected, Shown(search, "Sysmon EventID 99", "Sysmon for Linux EventID 99", "AWS CloudTrail", "O365", "Linux Auditd Path"));
        Assert.All(Of(search), covered => Assert.Equal(CoverageOrigin.Predicates, covered.Origin));
    }

    [Fact]
    public void Of_two_platforms_with_one_source_the_rules_data_sources_tell_which() =>
        Assert.Equal("Microsoft-Windows-Sysmon 3", Shown("source=*Sysmon/Operational EventCode=3", "Sysmon EventID 3"));

    [Theory]
    [InlineData("Sysmon EventID 1", "Microsoft-Windows-Security-Auditing 4688; Microsoft-Windows-Sysmon 1")]
    [InlineData("Sysmon for Linux EventID 1", "Linux-Sysmon 1")]
    public void A_data_model_stands_for_the_events_that_fill_it(string dataSource, string expected)
    {
        const string Search = "| tstats count from datamodel=Endpoint.Processes where Processes.process_name=x";
        Assert.Equal(expected, Shown(Search, dataSource));
        Assert.All(Of(Search, dataSource), covered => Assert.Equal((CoverageOrigin.DataModel, "Endpoint.Processes"), (covered.Origin, covered.Because)));
    }

    [Theory]
    [InlineData("| tstats count from datamodel=Change where All_Changes.result_id=4720", "", "Microsoft-Windows-Security-Auditing 4720")]
    [InlineData("| tstats count from datamodel=Authentication where Authentication.signature=ConsoleLogin", "AWS CloudTrail", "AWS-signin ConsoleLogin")]
    [InlineData("| tstats count from datamodel=Change where All_Changes.command=user.account.lock", "Okta", "Okta user.account.lock")]
    [InlineData("| tstats count from datamodel=Web where Web.url=x", "Suricata", "CIM-Web Web")]
    public void Predicates_on_a_data_model_name_events_too(string search, string dataSource, string expected) => Assert.Equal(expected, Shown(search, dataSource));

    [Fact]
    public void Where_nothing_else_says_data_source_does_and_is_marked()
    {
        var covered = Assert.Single(Of("index=main user=x", "Windows Event Log Security 4624"));
        Assert.Equal(new CoveredEvent("Microsoft-Windows-Security-Auditing", "4624") { Origin = CoverageOrigin.DataSource, Because = "Windows Event Log Security 4624", Title = "An account was successfully logged on" }, covered);
        Assert.Empty(Of("index=main user=x"));
    }

    [Theory]
    [InlineData("events.tsv", 4)]
    [InlineData("models.tsv", 5)]
    [InlineData("sources.tsv", 7)]
    [InlineData("data_sources.tsv", 2)]
    public void The_tables_have_whole_rows_and_no_row_twice(string file, int columns)
    {
        var rows = File.ReadAllLines(Path.Combine(SharedData.Repository, "content/events", file));
        Assert.All(rows, row => Assert.Equal(columns, row.Split('\t').Length));
        Assert.Equal(rows.Length, rows.Distinct(StringComparer.Ordinal).Count());
    }
}
