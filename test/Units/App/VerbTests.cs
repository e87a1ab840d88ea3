using System.Diagnostics;
using System.Text.Json;

namespace Karst.Units.App;

/// <summary>Each verb from its arguments to its output and exit code.</summary>
public sealed class VerbTests : IDisposable
{
    const string Rule = """
        name: Key made
        id: 11111111-2222-4333-8444-555555555555
        version: 1
        status: production
        type: Anomaly
        description: Somebody made an access key. More is not said.
        search: sourcetype=aws:cloudtrail eventName=CreateAccessKey | rename user_name as user | stats count by user
        intermediate_findings:
          entities:
            - {field: user, type: user, score: 40, message: $user$ made a key}
        mitre_attack_id: [T1098]
        tests:
          - name: A key is made
            attack_data: [{data: events.json, sourcetype: aws:cloudtrail}]
        """;

    const string Events = """
        {"eventVersion":"1.08","eventTime":"2024-05-01T10:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateAccessKey","awsRegion":"us-east-1","userIdentity":{"type":"IAMUser","userName":"ann","accountId":"111122223333"}}
        {"eventVersion":"1.08","eventTime":"2024-05-01T10:05:00Z","eventSource":"iam.amazonaws.com","eventName":"ListUsers","awsRegion":"us-east-1","userIdentity":{"type":"IAMUser","userName":"bob","accountId":"111122223333"}}
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("karst-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Search_prints_rows_as_json_lines_where_stdout_is_no_terminal() =>
        Assert.Equal((0, "{\"eventName\":\"CreateAccessKey\",\"count\":\"1\"}\n{\"eventName\":\"ListUsers\",\"count\":\"1\"}\n", ""), Cli.Run("search", "* | stats count by eventName", Log()));

    [Fact]
    public void Search_takes_lines_of_stdin_as_rows() =>
        Assert.Equal((0, "a,b\n1,x\n", ""), Cli.RunWith("{\"a\":1,\"b\":\"x\"}\n", [], "search", "* | table a b", "-", "--rows", "--format", "csv"));

    [Fact]
    public void Search_reads_stdin_twice_for_a_subsearch() =>
        Assert.Equal("{\"user_name\":\"bob\"}\n", Cli.RunWith(Events, [], "search", "* [search eventName=ListUsers | fields eventName] | table user_name", "-", "--sourcetype", "aws:cloudtrail").Output);

    [Fact]
    public void A_search_that_does_not_compile_exits_3_and_points_at_the_place()
    {
        var (code, output, errors) = Cli.Run("search", "* | dedupe user", Log());
        Assert.Equal((3, ""), (code, output));
        Assert.Contains(" --> 1:5\n", errors, StringComparison.Ordinal);
        Assert.Contains("^^^^^^", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_that_is_not_there_exits_4_and_the_rest_is_searched()
    {
        var (code, output, errors) = Cli.Run("search", "* | stats count", Path.Combine(_folder, "gone.json"), Log());
        Assert.Equal((4, "{\"count\":\"2\"}\n"), (code, output));
        Assert.Contains("not-found: 1 problem", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_names_each_pass_and_what_the_source_takes_over()
    {
        var (code, output, _) = Cli.Run("search", "* | stats count by eventName", Log(), "--plan");
        Assert.Equal(0, code);
        Assert.Contains("prune-fields\n  events fields=eventName\n", output, StringComparison.Ordinal);
        Assert.Contains("source: superset, rechecked", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_tell_rows_and_bytes_on_stderr()
    {
        var (_, _, errors) = Cli.Run("search", "* | stats count by eventName", Log(), "--stats");
        Assert.Contains("1 file,", errors, StringComparison.Ordinal);
        Assert.Contains("2 events", errors, StringComparison.Ordinal);
        Assert.Contains("peak memory", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_has_enough_ends_the_work_quietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the pipe is made by a POSIX shell");
        var command = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "karst.dll")}' search '| makeresults count=200000' | head -n 1";
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Single((await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n'));
        Assert.Equal("", await errors);
    }

    [Fact]
    public async Task An_interrupted_search_gives_what_it_counted_and_exits_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the signal is sent by a POSIX shell");
        using var process = Cli.Start([], "search", "* | stats count by eventName", "-", "--sourcetype", "aws:cloudtrail");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = "{\"eventName\":\"ListUsers\"}";
        // What a pipe and a block hold is far less: some events were counted by then.
        for (var written = 0; written < 16 << 20; written += line.Length) await process.StandardInput.WriteLineAsync(line);
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        try
        {
            while (!process.HasExited) await process.StandardInput.WriteLineAsync(line);
        }
        catch (IOException)
        {
            // The reader has gone.
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.StartsWith("{\"eventName\":\"ListUsers\",\"count\":", await output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_shows_who_what_how_bad_and_what_next()
    {
        var (code, output, errors) = Cli.Run("hunt", "--rules", Write("rule.yml", Rule), Log(), "--format", "table");
        Assert.Equal(0, code);
        foreach (var part in (string[])["MEDIUM 40  Key made  T1098  1 intermediate finding", "user ann", "ann made a key", "next: karst explain"])
            Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Contains("1 rule run, 0 could not; 2 events", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_keeps_lookups_in_the_state_folder()
    {
        var state = Path.Combine(_folder, "state");
        Assert.Equal(0, Cli.Run("search", "| makeresults | eval user=\"ann\" | table user | outputlookup seen.csv", "--state", state).Code);
        Assert.Contains("\"ann\"", Cli.Run("search", "| inputlookup seen.csv", "--state", state, "--format", "jsonl").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_several_lines_are_recognised_without_an_option()
    {
        var log = Path.Combine(_folder, "security.log");
        File.WriteAllText(log, "11/20/2026 09:35:00 AM\nLogName=Security\nEventCode=4625\nMessage=An account failed to log on.\n\n\tAccount Name:\t\tbob\n11/20/2026 09:36:00 AM\nLogName=Security\nEventCode=4624\n");
        var found = Cli.Run("search", "* | table EventCode sourcetype Account_Name", log, "--format", "jsonl");
        Assert.Equal(["{\"EventCode\":\"4624\",\"sourcetype\":\"WinEventLog\"}", "{\"EventCode\":\"4625\",\"sourcetype\":\"WinEventLog\",\"Account_Name\":\"bob\"}"], found.Output.Trim().Split('\n'));
    }

    [Fact]
    public void Our_own_apps_have_nothing_that_cannot_be_honoured()
    {
        foreach (var app in Directory.GetDirectories(Path.Combine(SharedData.Repository, "content", "apps")))
        {
            var (code, _, errors) = Cli.Run("lint", "--app", app);
            Assert.Equal((0, ""), (code, errors.Trim()));
        }
    }

    [Fact]
    public void Lint_names_all_of_an_app_that_cannot_be_honoured_whether_a_search_asks_for_it_or_not()
    {
        Write("ta/default/props.conf", """
            [one]
            EXTRACT-a = (?<who
            KV_MODE = tables
            MUST_BREAK_AFTER = a
            LOOKUP-u = nolookup a OUTPUT b
            TRANSFORMS-c = copy
            [source::*x]
            REPORT-x = nothing
            [unclosed
            EXTRACT-z = (?<z
            """);
        Write("ta/default/transforms.conf", """
            [copy]
            REGEX = .
            CLONE_SOURCETYPE = two
            [table]
            filename = a.csv
            filter = x=1
            """);
        var (code, _, errors) = Cli.Run("lint", "--app", Path.Combine(_folder, "ta"));
        Assert.Equal(0, code);
        foreach (var part in (string[])["props.conf:2: EXTRACT-a", "props.conf:3: KV_MODE", "props.conf:4: MUST_BREAK_AFTER", "props.conf:5: LOOKUP-u", "props.conf:8: REPORT-x", "props.conf:9: `[unclosed`", "transforms.conf:1: [copy]: CLONE_SOURCETYPE", "transforms.conf:4: lookup [table]: its filter"])
            Assert.Contains(part, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("EXTRACT-z", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| tstats sum(All_Risk.calculated_risk_score) as risk_score values(source) as source from datamodel=Risk.All_Risk by All_Risk.normalized_risk_object | rename All_Risk.* as *")]
    [InlineData("| from datamodel Risk.All_Risk | stats sum(calculated_risk_score) as risk_score values(source) as source by normalized_risk_object")]
    [InlineData("index=risk | stats sum(calculated_risk_score) as risk_score values(source) as source by normalized_risk_object")]
    public void A_rule_over_risk_runs_behind_the_others_and_finds_their_findings_in_any_order_of_rules(string search)
    {
        var first = Write("first.yml", Rule);
        var correlation = Write("a-last.yml", $$"""
            name: Much risk
            id: 21111111-2222-4333-8444-555555555555
            version: 1
            status: production
            type: Correlation
            description: Somebody has much risk. More is not said.
            search: '{{search}} | where risk_score >= 40'
            finding:
              title: $normalized_risk_object$ by $source$
              entity: {field: normalized_risk_object, type: user, score: 70}
            """);
        var one = Cli.Run("hunt", "--rules", correlation, "--rules", first, Log(), "--format", "jsonl");
        Assert.Equal(0, one.Code);
        Assert.Equal(2, one.Output.Trim().Split('\n').Length);
        Assert.Contains("\"ann by Key made\"", one.Output, StringComparison.Ordinal);
        Assert.Equal(one.Output, Cli.Run("hunt", "--rules", first, "--rules", correlation, Log(), "--format", "jsonl").Output);
    }

    [Fact]
    public void A_correlation_groups_by_the_tactics_of_the_techniques_of_findings()
    {
        var first = Write("first.yml", Rule);
        var correlation = Write("tactics.yml", """
            name: Tactics
            id: 21111111-2222-4333-8444-555555555555
            version: 1
            status: production
            type: Correlation
            description: Somebody goes far. More is not said.
            search: '| tstats dc(All_Risk.annotations.mitre_attack.mitre_tactic_id) as tactics count from datamodel=Risk.All_Risk where All_Risk.annotations.mitre_attack.mitre_tactic IN ("persistence") by All_Risk.normalized_risk_object All_Risk.annotations.mitre_attack.mitre_tactic | rename All_Risk.normalized_risk_object as object, All_Risk.annotations.mitre_attack.mitre_tactic as tactic'
            finding:
              title: $object$ $tactic$
              entity: {field: object, type: user, score: 70}
            """);
        Assert.Contains("\"ann persistence\"", Cli.Run("hunt", "--rules", first, "--rules", correlation, Log(), "--format", "jsonl").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Search_keeps_collected_events_in_the_state_folder()
    {
        var state = Path.Combine(_folder, "state");
        var search = "| makeresults | eval user=split(\"ann bob\", \" \") | collect index=hunting";
        for (var run = 0; run < 2; run++) Assert.Equal(0, Cli.Run("search", search, "--state", state).Code);
        var kept = Cli.Run("search", "--rows", "index=hunting | stats count dc(user) as users", Path.Combine(state, "indexes", "hunting.jsonl"), "--format", "jsonl");
        Assert.Equal("{\"count\":\"2\",\"users\":\"2\"}", kept.Output.Trim());
        Assert.Contains("no name of an index", Cli.Run("search", "| makeresults | collect index=../hunting", "--state", state).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Hunt_names_a_rule_that_cannot_run_and_exits_0()
    {
        var rule = Rule.Replace("| stats", "| predict x | stats", StringComparison.Ordinal);
        Assert.NotEqual(Rule, rule);
        var (code, _, errors) = Cli.Run("hunt", "--rules", Write("rule.yml", rule), Log());
        Assert.Equal(0, code);
        Assert.Contains("predict", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("medium", 1)]
    [InlineData("high", 0)]
    public void Hunt_fails_on_a_level_that_is_reached(string level, int code) =>
        Assert.Equal(code, Cli.Run("hunt", "--rules", Write("rule.yml", Rule), Log(), "--fail-on", level).Code);

    [Fact]
    public void Hunt_leaves_known_findings_out_and_says_so()
    {
        var list = Write("known.yml", "- rule: Key made\n  where: user=ann\n  reason: ann makes the keys\n- rule: Other\n  reason: never\n- rule: Key made\n");
        var (code, output, errors) = Cli.Run("hunt", "--rules", Write("rule.yml", Rule), Log(), "--suppress", list, "--format", "jsonl", "--fail-on", "medium");
        Assert.Equal(0, code);
        Assert.Equal("", output);
        Assert.Contains("suppressed: 1 finding\n", errors, StringComparison.Ordinal);
        Assert.Contains($"      1  Key made: ann makes the keys ({list}:1)\n", errors, StringComparison.Ordinal);
        Assert.Contains("      0  Other: no finding is as it says", errors, StringComparison.Ordinal);
        Assert.Contains("known.yml:6:3: error[RUL005]: a suppression needs `reason`", errors, StringComparison.Ordinal);
        Assert.Equal(2, Cli.Run("hunt", "--rules", Write("rule.yml", Rule), Log(), "--suppress", list + "x").Code);
    }

    [Fact]
    public void Findings_are_read_back_as_risk()
    {
        var findings = Cli.Run("hunt", "--rules", Write("rule.yml", Rule), Log(), "--format", "jsonl").Output;
        Assert.Equal("{\"risk_object\":\"ann\",\"risk\":\"40\"}\n", Cli.Run("search", "index=risk | stats sum(risk_score) AS risk BY risk_object", Write("findings.jsonl", findings)).Output);
    }

    [Fact]
    public void A_rule_that_cannot_run_is_named_and_the_others_go_on()
    {
        Write("rules/a.yml", Rule);
        Write("rules/b.yml", Rule.Replace("Key made", "Other", StringComparison.Ordinal).Replace("11111111", "21111111", StringComparison.Ordinal).Replace("| stats", "| dedupe user | stats", StringComparison.Ordinal));
        var (code, output, errors) = Cli.Run("hunt", "--rules", Path.Combine(_folder, "rules"), Log());
        Assert.Equal(0, code);
        Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.Contains("1 rule run, 1 could not", errors, StringComparison.Ordinal);
        Assert.Contains("Other: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_passes_is_counted_on_the_last_line()
    {
        Log();
        var (code, output, _) = Cli.Run("test", Write("rule.yml", Rule));
        Assert.Equal(0, code);
        Assert.EndsWith("\n1 passed, 0 failed, 0 errors, 0 skipped, 0 unsupported\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_fails_names_the_stage_and_the_nearest_miss()
    {
        Log();
        var (code, output, _) = Cli.Run("test", Write("rule.yml", Rule.Replace("eventName=CreateAccessKey", "eventName=CreateAccessKey awsRegion=eu-west-1", StringComparison.Ordinal)));
        Assert.Equal(1, code);
        Assert.Contains("stage 1 (`search (", output, StringComparison.Ordinal);
        Assert.Contains("nearest miss (of 2024-05-01T10:00:00): 2 of 3 conditions hold; not awsRegion=\"eu-west-1\" (awsRegion is \"us-east-1\")", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("awsregion=eu-west-1", "no event of sourcetype `aws:cloudtrail` has the field `awsregion`; near it are `awsRegion`\n")]
    [InlineData("zone_of_nobody=1", "no event of sourcetype `aws:cloudtrail` has the field `zone_of_nobody`\n")]
    [InlineData("(eventNames=a OR zone_of_nobody=1)", "no event of sourcetype `aws:cloudtrail` has the field `eventNames`; near it are `eventName`\n")]
    public void A_field_that_no_event_has_is_named_with_those_near_it(string condition, string expected)
    {
        Log();
        var (code, output, _) = Cli.Run("test", Write("rule.yml", Rule.Replace("eventName=CreateAccessKey", "eventName=CreateAccessKey " + condition, StringComparison.Ordinal)));
        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eval made=null() | search made=1")]
    [InlineData("rename eventName AS was | search eventName=CreateAccessKey")]
    public void A_field_that_a_stage_made_or_took_is_not_said_to_be_missing_in_events(string stages)
    {
        Log();
        var output = Cli.Run("test", Write("rule.yml", Rule.Replace("| stats", $"| {stages} | stats", StringComparison.Ordinal))).Output;
        Assert.Contains("nearest miss", output, StringComparison.Ordinal);
        Assert.DoesNotContain("no event of sourcetype", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_ends_in_an_error_shows_its_time()
    {
        Log();
        var output = Cli.Run("test", Write("rule.yml", Rule.Replace("| stats", "| where (1=1 | stats", StringComparison.Ordinal))).Output;
        Assert.Matches(@"(?m)^ERROR .*  \(0 rows, \d+ ms\)$", output);
    }

    [Theory]
    [InlineData("rename = cloud:renamed", "sourcetype=cloud:renamed eventName=CreateAccessKey")]
    [InlineData("SEDCMD-key = s/CreateAccessKey/MakeAccessKey/", "sourcetype=cloud:raw MakeAccessKey")]
    [InlineData("BREAK_ONLY_BEFORE = nothing like it\nSHOULD_LINEMERGE = true", "sourcetype=cloud:raw CreateAccessKey ListUsers")]
    public void A_test_reads_its_data_with_the_settings_of_its_sourcetype(string settings, string search)
    {
        Write("app/default/app.conf", "[launcher]\n");
        Write("app/default/props.conf", $"[cloud:raw]\n{settings}\n");
        Write("events.log", "2024-05-01T10:00:00Z eventName=CreateAccessKey user=ann\n2024-05-01T10:05:00Z eventName=ListUsers user=bob\n");
        var rule = Rule.Replace("events.json, sourcetype: aws:cloudtrail", "events.log, sourcetype: 'cloud:raw'", StringComparison.Ordinal)
            .Replace("sourcetype=aws:cloudtrail eventName=CreateAccessKey | rename user_name as user", search, StringComparison.Ordinal);
        var (code, output, errors) = Cli.Run("test", "--app", Path.Combine(_folder, "app"), Write("rule.yml", rule));
        Assert.True(code == 0, output + errors);
        Assert.StartsWith("PASS", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_without_its_data_is_skipped_with_the_reason()
    {
        var (code, output, _) = Cli.Run("test", Write("rule.yml", Rule));
        Assert.Equal(0, code);
        Assert.Contains("SKIP", output, StringComparison.Ordinal);
        Assert.Contains("the data is not there", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lint_ends_in_a_summary_and_a_rule_that_cannot_bind_has_an_error()
    {
        var (code, output, _) = Cli.Run("lint", "--json", Write("rule.yml", Rule.Replace("| stats", "| dedupe user | stats", StringComparison.Ordinal)));
        var lines = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(1, code);
        Assert.Equal("error", lines[0].GetProperty("severity").GetString());
        Assert.Equal(7, lines[0].GetProperty("line").GetInt32());
        Assert.Equal("{\"rules\":1,\"bind\":0,\"unsupported\":1,\"errors\":1}", lines[^1].GetProperty("summary").GetRawText());
    }

    [Fact]
    public void Explain_shows_stages_predicates_sources_of_fields_and_rows()
    {
        var (code, output, _) = Cli.Run("explain", Write("rule.yml", Rule), Log());
        Assert.Equal(0, code);
        foreach (var part in (string[])["Stage 3: stats", "- eventName eq CreateAccessKey", "user_name   calculate user_name=", "2 in            1 out  search ("])
            Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demo_finds_something_critical_and_every_shipped_rule_runs()
    {
        var (code, output, errors) = Cli.Run("demo");
        Assert.Equal(0, code);
        Assert.StartsWith("CRITICAL 80  ", output, StringComparison.Ordinal);
        Assert.Contains(" 0 could not;", errors, StringComparison.Ordinal);
    }

    string Log() => Write("events.json", Events);

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
