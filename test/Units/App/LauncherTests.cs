using System.Diagnostics;

namespace Karst.Units.App;

/// <summary>The launcher, in a project of its own with a `dotnet` that only pretends to build.</summary>
public sealed class LauncherTests : IDisposable
{
    // `publish` writes what the build is to hold; anything else is the start of that build.
    const string FakeDotnet = """
        #!/bin/sh
        if [ "$1" = publish ]; then
          echo build >>"$KARST_TEST/builds"
          native=
          while [ $# -gt 0 ]; do
            case $1 in -o) out=$2 ;; -p:KarstAot=true) native=1 ;; esac
            shift
          done
          [ -z "$native" ] || [ ! -e "$KARST_TEST/no-link" ] || { echo "clang: error: linker command failed"; exit 1; }
          if [ -n "$native" ] && [ -e "$KARST_TEST/links" ]; then
            mkdir -p "$out" && { echo "#!/bin/sh"; echo 'echo "native: $*"'; } >"$out/karst" && chmod +x "$out/karst"
            exit
          fi
          [ ! -e "$KARST_TEST/slow" ] || sleep 1
          [ ! -e "$KARST_TEST/broken" ] || { echo "Program.cs(1,1): error CS1002"; exit 1; }
          mkdir -p "$out" && cp "$KARST_TEST/project/src/App/Program.cs" "$out/karst.dll"
          exit
        fi
        echo "built from: $(cat "$1")"
        shift
        for argument; do echo "argument: $argument"; done
        case ${1-} in
          code) exit "$2" ;;
          input) cat ;;
          where) pwd ;;
          wait) trap 'echo stopped; exit 130' INT TERM; echo ready; while :; do sleep 0.05; done ;;
        esac
        """;

    readonly string _root = Directory.CreateTempSubdirectory("karst-launcher-").FullName;

    public LauncherTests()
    {
        if (OperatingSystem.IsWindows()) return;
        Write("bin/dotnet", FakeDotnet);
        Write("project/src/App/Program.cs", "one");
        File.Copy(Path.Combine(SharedData.Repository, "karst"), Launcher);
        foreach (var file in (string[])[Launcher, Path.Combine(_root, "bin/dotnet")])
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    string Launcher => Path.Combine(_root, "project/karst");

    int Builds => File.Exists(Path.Combine(_root, "builds")) ? File.ReadAllLines(Path.Combine(_root, "builds")).Length : 0;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_first_use_builds_and_says_so_once_and_the_next_starts_at_once()
    {
        SkipOnWindows();
        var first = Run(Launcher, []);
        var second = Run(Launcher, []);
        Assert.Equal((0, "built from: one\n"), (first.Code, first.Output));
        Assert.Single(first.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((0, "built from: one\n", ""), second);
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_changed_source_is_built_again()
    {
        SkipOnWindows();
        Run(Launcher, []);
        Write("project/src/App/Program.cs", "two");
        Assert.Equal("built from: two\n", Run(Launcher, []).Output);
        Assert.Equal(2, Builds);
    }

    [Fact]
    public void A_source_that_is_only_touched_is_not_built_again()
    {
        SkipOnWindows();
        Run(Launcher, []);
        File.SetLastWriteTimeUtc(Path.Combine(_root, "project/src/App/Program.cs"), DateTime.UtcNow);
        Assert.Equal("", Run(Launcher, []).Errors);
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_source_that_went_away_is_noticed()
    {
        SkipOnWindows();
        Write("project/src/App/Other.cs", "");
        Run(Launcher, []);
        File.Delete(Path.Combine(_root, "project/src/App/Other.cs"));
        Run(Launcher, []);
        Assert.Equal(2, Builds);
    }

    [Fact]
    public void What_dotnet_build_writes_is_no_source()
    {
        SkipOnWindows();
        Run(Launcher, []);
        Write("project/src/App/obj/a.cs", "x");
        Write("project/src/App/bin/a.dll", "x");
        Assert.Equal("", Run(Launcher, []).Errors);
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_build_that_fails_is_shown_and_exits_70()
    {
        SkipOnWindows();
        Write("broken", "");
        var (code, output, errors) = Run(Launcher, []);
        Assert.Equal((70, ""), (code, output));
        Assert.Contains("error CS1002", errors, StringComparison.Ordinal);
        File.Delete(Path.Combine(_root, "broken"));
        Assert.Equal(0, Run(Launcher, []).Code);
    }

    [Fact]
    public async Task Two_first_uses_at_the_same_time_build_once_and_both_run()
    {
        SkipOnWindows();
        Write("slow", "");
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run(Launcher, []))));
        Assert.All(runs, run => Assert.Equal((0, "built from: one\n"), (run.Code, run.Output)));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_lock_whose_owner_died_is_taken_over()
    {
        SkipOnWindows();
        // No process has this number: it is above the largest that Linux gives.
        Write("project/.karst/lock/pid", "99999999\n");
        Assert.Equal(0, Run(Launcher, []).Code);
    }

    [Fact]
    public void Arguments_arrive_as_they_were_given()
    {
        SkipOnWindows();
        Assert.EndsWith("argument: a b\nargument: \nargument: *\nargument: \"$x\" `y`\n", Run(Launcher, ["a b", "", "*", "\"$x\" `y`"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_code_and_input_are_passed_on()
    {
        SkipOnWindows();
        Assert.Equal(3, Run(Launcher, ["code", "3"]).Code);
        Assert.EndsWith("line 1\nline 2\n", Run(Launcher, ["input"], input: "line 1\nline 2\n").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_use_leaves_the_input_to_karst()
    {
        SkipOnWindows();
        Assert.EndsWith("kept\n", Run(Launcher, ["input"], input: "kept\n").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_works_through_links_and_from_another_folder()
    {
        SkipOnWindows();
        var elsewhere = Directory.CreateDirectory(Path.Combine(_root, "else where")).FullName;
        File.CreateSymbolicLink(Path.Combine(elsewhere, "direct"), Launcher);
        File.CreateSymbolicLink(Path.Combine(elsewhere, "relative"), "../project/karst");
        File.CreateSymbolicLink(Path.Combine(elsewhere, "again"), "relative");
        foreach (var start in (string[])["direct", "relative", "again"])
            Assert.EndsWith($"{elsewhere}\n", Run(Path.Combine(elsewhere, start), ["where"], folder: elsewhere).Output, StringComparison.Ordinal);
        Assert.EndsWith($"{_root}/project\n", Run("/bin/sh", ["karst", "where"], folder: Path.Combine(_root, "project")).Output, StringComparison.Ordinal);
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_signal_reaches_karst_itself()
    {
        SkipOnWindows();
        Run(Launcher, []);
        using var process = Start(Launcher, ["wait"], null);
        process.StandardInput.Close();
        while (process.StandardOutput.ReadLine() is { } line && line != "ready") { }
        // The launcher has become the process that it started: one number, no shell in between.
        // TERM, not INT: what is started in the background has INT ignored, and a shell cannot take that back.
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"])) kill.WaitForExit();
        var rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((130, "stopped\n"), (process.ExitCode, rest));
    }

    [Fact]
    public void A_linker_makes_the_build_native()
    {
        SkipOnWindows();
        AddLinker();
        Write("links", "");
        Assert.Equal((0, "native: a b\n"), (Run(Launcher, ["a", "b"]).Code, Run(Launcher, ["a", "b"]).Output));
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_native_build_that_fails_is_made_for_the_runtime()
    {
        SkipOnWindows();
        AddLinker();
        Write("no-link", "");
        Assert.Equal("built from: one\n", Run(Launcher, []).Output);
        Assert.Equal("built from: one\n", Run(Launcher, []).Output);
        Assert.Equal(2, Builds);
    }

    [Fact]
    public void A_native_build_of_another_processor_is_made_anew()
    {
        SkipOnWindows();
        Assert.SkipUnless(File.Exists("/proc/cpuinfo"), "what the processor can do stands in /proc/cpuinfo");
        AddLinker();
        Write("links", "");
        Run(Launcher, []);
        var build = Assert.Single(Directory.GetDirectories(Path.Combine(_root, "project/.karst"), "app-*"));
        File.WriteAllText(Path.Combine(build, "processor"), "flags : of another\n");
        Assert.Equal("native: x\n", Run(Launcher, ["x"]).Output);
        Assert.Equal(2, Builds);
        Assert.Equal("native: x\n", Run(Launcher, ["x"]).Output);
        Assert.Equal(2, Builds);
    }

    [Fact]
    public void Who_builds_often_can_leave_the_native_build_out()
    {
        SkipOnWindows();
        AddLinker();
        Write("links", "");
        Assert.Equal("built from: one\n", Run("/usr/bin/env", ["KARST_NATIVE=0", Launcher]).Output);
    }

    // The machine may have one of its own; the fake build never calls it.
    void AddLinker()
    {
        if (OperatingSystem.IsWindows()) return;
        Write("bin/clang", "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(Path.Combine(_root, "bin/clang"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher is a POSIX shell script");

    void Write(string path, string text)
    {
        path = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
    }

    (int Code, string Output, string Errors) Run(string program, string[] arguments, string input = "", string? folder = null)
    {
        using var process = Start(program, arguments, folder);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    Process Start(string program, string[] arguments, string? folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? _root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KARST_TEST"] = _root;
        start.Environment["PATH"] = Path.Combine(_root, "bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        return Process.Start(start)!;
    }
}
