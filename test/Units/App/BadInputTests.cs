using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Karst.Units.App;

/// <summary>What is wrong with a log or a rule is named and counted, and the rest goes on: from the arguments to the exit code. docs/bad-input.md lists them.</summary>
public sealed class BadInputTests : IDisposable
{
    const string Good = "{\"eventVersion\":\"1.08\",\"eventSource\":\"iam.amazonaws.com\",\"eventName\":\"Good\",\"userIdentity\":{\"userName\":\"ann\"}}\n";

    readonly string _folder = Directory.CreateTempSubdirectory("karst-bad-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{\"eventVersion\":\"1.08\",\"eventSou\n", "")]
    [InlineData("Name\":\"Good\",\"userName\":\"ann\"}\n", "")]
    [InlineData("", "{\"eventVersion\":\"1.08\",\"eventSource\":\"iam.amaz")]
    public void A_cut_line_is_counted_and_the_others_are_what_they_are(string before, string after)
    {
        var (code, output, errors) = Count(before + Good + Good + after);
        Assert.Equal((0, "{\"count\":\"2\"}\n"), (code, output));
        Assert.Contains("1 event(s) of ", errors, StringComparison.Ordinal);
        Assert.Contains("are no whole JSON; fields up to the break were read", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FF FE C0", "hold bytes that are no UTF-8")]
    [InlineData("00", "hold NUL bytes")]
    public void Bytes_that_are_no_text_are_counted_and_written_as_replacement_characters(string bytes, string message)
    {
        var path = Path.Combine(_folder, "events.json");
        File.WriteAllBytes(path, [.. "{\"eventVersion\":\"1\",\"eventSource\":\"s\",\"eventName\":\"a"u8, .. Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)), .. "b\"}\n"u8, .. Encoding.UTF8.GetBytes(Good)]);
        var (code, output, errors) = Cli.Run("search", "sourcetype=aws:cloudtrail | stats count by eventName", path);
        Assert.Equal(0, code);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("{\"eventName\":\"Good\",\"count\":\"1\"}\n", output, StringComparison.Ordinal);
        Assert.Contains("1 event(s) of ", errors, StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_counted_and_becomes_the_replacement_character()
    {
        var (code, output, errors) = Cli.Run("search", "* | table a b", Write("events.json", "{\"a\":\"x\\ud800\",\"b\":\"1\"}\n{\"a\":\"\\ud83d\\ude00\",\"b\":\"2\"}\n"));
        Assert.Equal((0, "{\"a\":\"x\ufffd\",\"b\":\"1\"}\n{\"a\":\"😀\",\"b\":\"2\"}\n"), (code, output));
        Assert.Contains("1 event(s) of ", errors, StringComparison.Ordinal);
        Assert.Contains("hold half of a surrogate pair", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_comes_twice_gives_all_its_values() =>
        Assert.Equal((0, "{\"a\":[\"1\",\"2\"]}\n", ""), Cli.Run("search", "* | table a", Write("events.json", "{\"a\":1,\"b\":0,\"a\":2}\n")));

    [Theory]
    [InlineData("* | table *", "are nested deeper than 200 levels")]
    [InlineData("* | spath | table b", "is too deep")]
    public void Ten_thousand_levels_are_counted_and_the_rest_of_the_event_is_read(string search, string message)
    {
        var (code, output, errors) = Cli.Run("search", search, Write("events.json", $"{{\"b\":\"x\",\"a\":{string.Concat(Enumerable.Repeat("{\"a\":[", 5_000))}1{string.Concat(Enumerable.Repeat("]}", 5_000))}}}\n"));
        Assert.Equal(0, code);
        Assert.Contains("\"b\":\"x\"", output, StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_are_data_cost_no_more_than_their_values_and_those_left_out_are_named()
    {
        var lines = string.Concat(Enumerable.Range(0, 3_000).Select(static i => $"{{\"id\":\"{i}\",{string.Join(',', Enumerable.Range(i * 10, 10).Select(static key => $"\"k{key}\":\"v\""))}}}\n"));
        var (code, output, errors) = Cli.Run("search", "* | table * | fields - k5* | stats count", Write("events.json", lines), "--limit", "memory=64M");
        Assert.Equal((0, "{\"count\":\"3000\"}\n"), (code, output));
        (code, output, errors) = Cli.Run("search", "* | tail 1 | table id k2*", Write("events.json", lines), "--limit", "memory=64M");
        Assert.Equal(0, code);
        Assert.StartsWith("{\"id\":\"2999\"", output, StringComparison.Ordinal);
        (_, _, errors) = Cli.Run("search", "* | table *", Write("one.json", $"{{{string.Join(',', Enumerable.Range(0, 20_100).Select(static key => $"\"k{key}\":1"))}}}\n"));
        Assert.Contains("more than 20000 different fields together", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half.gz", "bad-gzip", 4)]
    [InlineData("wrong.gz", "bad-gzip", 4)]
    [InlineData("gone.json", "not-found", 4)]
    [InlineData("half.zip", "bad-zip", 4)]
    [InlineData("open.csv", "broken-csv", 4)]
    public void An_input_that_is_lost_is_named_and_the_others_are_searched(string name, string kind, int code)
    {
        var path = Path.Combine(_folder, name);
        byte[]? bytes = name switch
        {
            "half.gz" => Gzip(string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"{{\"n\":{i * 7919 % 10_007}}}\n")))[..5_000],
            "wrong.gz" => [0x1F, 0x8B, .. "no gzip but for its first two bytes"u8],
            "half.zip" => [.. "PK\u0003\u0004"u8, .. new byte[40]],
            "open.csv" => [.. "a,b\n1,\"2\n3,4\n"u8],
            _ => null,
        };
        if (bytes is not null) File.WriteAllBytes(path, bytes);
        var (exit, output, errors) = Cli.Run("search", "sourcetype=aws:cloudtrail | stats count", path, Write("good.json", Good));
        Assert.Equal((code, "{\"count\":\"1\"}\n"), (exit, output));
        Assert.Contains($"{kind}: 1 problem", errors, StringComparison.Ordinal);
        Assert.Contains(name, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_that_fails_is_named()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "there is no file here whose reading fails for everybody");
        var (code, output, errors) = Cli.Run("search", "sourcetype=aws:cloudtrail | stats count", "/proc/self/mem", Write("good.json", Good));
        Assert.Equal((4, "{\"count\":\"1\"}\n"), (code, output));
        Assert.Contains("read-error: 1 problem", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_within_an_archive_lead_nowhere()
    {
        var path = Path.Combine(_folder, "logs.zip");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
            foreach (var name in (string[])["../../up.json", "/root.json"])
                using (var entry = new StreamWriter(archive.CreateEntry(name).Open())) entry.Write(Good);
        Assert.Equal((0, "{\"count\":\"2\"}\n", ""), Cli.Run("search", "eventName=Good | stats count", path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
        Assert.False(File.Exists(Path.Combine(_folder, "../../up.json")));
    }

    [Fact]
    public void A_message_cannot_move_the_cursor()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file names there hold no control characters");
        var errors = Cli.Run("search", "* | stats count", Path.Combine(_folder, "x\e[2Jy\r\u202e.json")).Errors;
        Assert.Contains("x\\x1b[2Jy\\r\\u202e.json", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', errors);
        errors = Cli.Run("hunt", "--rules", Write("rule.yml", Rule("1", "`good`")), Write("good.json", Good.Replace("ann", "a\\u001b[2Jb", StringComparison.Ordinal))).Errors;
        Assert.Contains("a\\x1b[2Jb", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', errors);
    }

    [Theory]
    [InlineData("name: &a\n  - *a\n", "the anchor `a` contains itself")]
    [InlineData("name: Bad\nid: 00000000-2222-4333-8444-555555555555\nversion: 1\ntype: TTP\ndescription: d\n", "a rule needs `search`")]
    [InlineData("name: Bad\n\tid: x\n", "the file is not YAML")]
    public void A_rule_that_cannot_be_read_is_named_and_the_others_hunt(string text, string message)
    {
        Write("rules/a.yml", text);
        Hunts(message);
    }

    [Theory]
    [InlineData("`me`", "the macro calls itself: me > me2 > me")]
    [InlineData("* | mvexpand", "`mvexpand` needs")]
    [InlineData("* | eval x=mvrange(0,1000001)", "would make more than 1000000 values")]
    [InlineData("* | eval x=mvrange(0,1000000) | eval y=mvappend(x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x)", "`eval` needs more than the 2048 MB")]
    public void A_rule_that_cannot_run_is_named_and_the_others_hunt(string search, string message)
    {
        Write("macros/me.yml", "name: me\ndefinition: '`me2`'\n");
        Write("macros/me2.yml", "name: me2\ndefinition: '`me`'\n");
        Write("rules/a.yml", Rule("2", search));
        Hunts(message);
    }

    [Fact]
    public void A_pattern_that_backtracks_for_ever_on_many_events_ends_its_rule_and_the_others_hunt()
    {
        Write("rules/a.yml", Rule("2", "sourcetype=aws:cloudtrail | regex user=\"(x+x+)+y\""));
        var slow = string.Concat(Enumerable.Repeat(Good.Replace("ann", new string('x', 60), StringComparison.Ordinal), 200));
        Hunts("texts took a regular expression longer than 50 ms, the last `(x+x+)+y`; the search was given up", slow, "--limit", "regex=50");
    }

    [Fact]
    public void A_pattern_of_an_app_that_backtracks_for_ever_ends_only_the_searches_that_read_its_field()
    {
        Write("app/default/props.conf", "[aws:cloudtrail]\nEXTRACT-x = userName\":\"(?<slow>(x+x+)+y)\n");
        Write("rules/a.yml", Rule("2", "sourcetype=aws:cloudtrail slow=*"));
        var slow = string.Concat(Enumerable.Repeat(Good.Replace("ann", new string('x', 60), StringComparison.Ordinal), 200));
        Hunts("the search was given up", slow, "--limit", "regex=50", "--app", Path.Combine(_folder, "app"));
    }

    [Fact]
    public void A_second_document_of_a_rule_file_is_named()
    {
        var (_, _, errors) = Cli.Run("hunt", "--rules", Write("rule.yml", Rule("1", "`good`") + "---\n" + Rule("2", "`good`")), Write("good.json", Good));
        Assert.Contains("a second document begins here", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipes_and_links_among_the_rules_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "made by a POSIX shell");
        Write("rules/good.yml", Rule("1", "`good`"));
        using (var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "mkfifo pipe.yml && ln -s pipe.yml linked.yml && mkdir deep && ln -s .. deep/up"]) { WorkingDirectory = Path.Combine(_folder, "rules") })!) shell.WaitForExit();
        var (code, output, errors) = Cli.Run("hunt", "--rules", Path.Combine(_folder, "rules"), Write("good.json", Good));
        Assert.Equal(0, code);
        Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("error", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_rules_is_wrong_usage()
    {
        Write("rules/readme.txt", "no rule");
        var (code, _, errors) = Cli.Run("hunt", "--rules", Path.Combine(_folder, "rules"), Write("good.json", Good));
        Assert.Equal(2, code);
        Assert.Contains("there is no rule to hunt with", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_values_become_a_million_rows_and_the_limit_is_said()
    {
        Assert.Equal((0, "{\"count\":\"1000000\"}\n", ""), Cli.Run("search", "| makeresults | eval x=mvrange(0,1000000) | mvexpand x | stats count"));
        var (code, output, errors) = Cli.Run("search", "| makeresults | eval x=mvrange(0,1000000) | mvexpand x | stats count", "--limit", "mvexpand=1000");
        Assert.Equal((0, "{\"count\":\"1000\"}\n"), (code, output));
        Assert.Contains("`mvexpand x` made 1000 rows of one and dropped the other values", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_wait_for_a_quiet_pipe_gives_what_came_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the signal is sent by a POSIX shell");
        using var process = Cli.Start([], "search", "* | stats count by eventName", "-");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        // More than a pipe holds: when all is written, the search is at work. Then the pipe is quiet, but open.
        for (var written = 0; written < 256 << 10; written += Good.Length) await process.StandardInput.WriteAsync(Good);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.StartsWith("{\"eventName\":\"Good\",\"count\":\"", await output, StringComparison.Ordinal);
    }

    /// <summary>A hunt with what is in `rules` and one good rule finds that rule's finding and says what is wrong with the other.</summary>
    void Hunts(string message, string log = "", params string[] options)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "macros"));
        Write("rules/good.yml", Rule("1", "`good`"));
        var (code, output, errors) = Cli.Run(["hunt", "--rules", Path.Combine(_folder, "rules"), Write("events.json", log + Good), .. options]);
        Assert.True(code is 0, errors);
        Assert.Contains("\"value\":\"ann\"", Assert.Single(output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    static string Rule(string id, string search) => $$"""
        name: Rule {{id}}
        id: {{id}}0000000-2222-4333-8444-555555555555
        version: 1
        status: production
        type: Anomaly
        description: d
        search: '{{search.Replace("`good`", "sourcetype=aws:cloudtrail eventName=Good NOT user=x* | stats count by user", StringComparison.Ordinal)}}'
        intermediate_findings:
          entities:
            - {field: user, type: user, score: 40, message: m}

        """;

    (int Code, string Output, string Errors) Count(string text) => Cli.Run("search", "sourcetype=aws:cloudtrail eventName=Good | stats count", Write("events.json", text));

    static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
