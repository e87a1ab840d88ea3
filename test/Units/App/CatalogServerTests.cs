using System.Net;
using System.Text;
using Karst.App.Serving;
using Karst.Catalog.Writing;

namespace Karst.Units.App;

/// <summary>The catalogue over HTTP.</summary>
public sealed class CatalogServerTests : IAsyncLifetime
{
    readonly CancellationTokenSource _end = new();
    readonly TaskCompletionSource<string> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    LiveSite _site = SiteOf("old");
    CatalogServer? _server;
    Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = new CatalogServer(new IPEndPoint(IPAddress.Loopback, 0), () => _site);
        _running = _server.RunAsync(address => _started.SetResult(address), _end.Token);
        if (await Task.WhenAny(_running, _started.Task) == _running) await _running;
        _client.BaseAddress = new Uri(await _started.Task);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _server?.Dispose();
        _client.Dispose();
        _end.Dispose();
    }

    [Theory]
    [InlineData("/", "start old")]
    [InlineData("/index.html", "start old")]
    [InlineData("/events/x/", "event old")]
    [InlineData("/events/x/index.html", "event old")]
    public async Task Pages_are_served_from_memory(string path, string expected)
    {
        using var answer = await Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_without_its_slash_leads_to_the_one_with()
    {
        using var answer = await Get("/events/x");
        Assert.Equal((HttpStatusCode.PermanentRedirect, "/events/x/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("/none")]
    [InlineData("/../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("//example.org/events/x")]
    [InlineData("/events/x/index.html%00")]
    public async Task Whatever_is_no_page_is_not_found(string path)
    {
        using var answer = await Get(path);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
    }

    [Fact]
    public async Task Every_answer_has_the_headers_of_a_careful_server()
    {
        foreach (var path in (string[])["/", "/none"])
        {
            using var answer = await Get(path);
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task It_only_reads()
    {
        using var answer = await _client.PostAsync("/", new StringContent(""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Another_name_for_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "rebound.example.org" } };
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_newer_site_takes_the_place_of_the_old()
    {
        _site = SiteOf("new");
        using var answer = await Get("/");
        Assert.Equal("start new", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    Task<HttpResponseMessage> Get(string path) => _client.GetAsync(new Uri(_client.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), TestContext.Current.CancellationToken);

    static LiveSite SiteOf(string version) => new(
    [
        new CatalogFile("index.html", output => output.Write(Encoding.UTF8.GetBytes($"start {version}"))),
        new CatalogFile("events/x/index.html", output => output.Write(Encoding.UTF8.GetBytes($"event {version}"))),
    ]);
}
