using System.Diagnostics;
using Karst.App;
using Karst.App.Cataloguing;

namespace Karst.Units.App;

/// <summary>`karst catalog serve` as a process.</summary>
public sealed class CatalogServeTests : IDisposable
{
    const string Rule = """
        name: Key made
        id: 11111111-2222-4333-8444-555555555555
        version: 1
        status: production
        type: Hunting
        description: plain
        search: sourcetype=aws:cloudtrail eventName=CreateAccessKey
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("karst-serve-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("http://127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("http://localhost:1", "127.0.0.1:1")]
    [InlineData("http://[::1]:9/", "[::1]:9")]
    [InlineData("http://0.0.0.0:8080", "0.0.0.0:8080")]
    public void An_address_says_where_it_listens(string text, string expected) => Assert.Equal(expected, CatalogServe.EndpointOf(text).ToString());

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("http://example.org:1")]
    [InlineData("http://127.0.0.1:1/path")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string text) => Assert.Throws<UsageException>(() => CatalogServe.EndpointOf(text));

    [Fact(Timeout = 60_000)]
    public async Task Pages_follow_the_rules_and_it_ends_quietly_when_asked()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the signal is sent by a POSIX shell");
        var cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Path.Combine(_folder, "rule.yml"), Rule, cancellation);
        using var process = Cli.Start([], "catalog", "serve", _folder, "--urls", "http://127.0.0.1:0");
        var line = await process.StandardOutput.ReadLineAsync(cancellation) ?? "";
        var root = line["the catalogue is at ".Length..line.IndexOf(" (", StringComparison.Ordinal)];
        using var client = new HttpClient { BaseAddress = new Uri(root) };
        Assert.Contains("Key made", await client.GetStringAsync("rules/", cancellation), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(_folder, "rule.yml"), Rule.Replace("Key made", "Key taken away", StringComparison.Ordinal), cancellation);
        while (!(await client.GetStringAsync("rules/", cancellation)).Contains("Key taken away", StringComparison.Ordinal)) await Task.Delay(50, cancellation);

        await File.WriteAllTextAsync(Path.Combine(_folder, "bad.yml"), "search: \"open", cancellation);
        while (!(await client.GetStringAsync("problems/", cancellation)).Contains("RUL001", StringComparison.Ordinal)) await Task.Delay(50, cancellation);
        Assert.Contains("Key taken away", await client.GetStringAsync("rules/", cancellation), StringComparison.Ordinal);

        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"])) await kill.WaitForExitAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        Assert.Equal(130, process.ExitCode);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "rule.yml"), Rule, TestContext.Current.CancellationToken);
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var (code, _, errors) = Cli.Run("catalog", "serve", _folder, "--urls", $"http://{taken.LocalEndpoint}");
        Assert.Equal(2, code);
        Assert.Contains("--urls", errors, StringComparison.Ordinal);
    }
}
