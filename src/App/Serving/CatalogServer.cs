using System.Net;
using System.Net.Sockets;
using Karst.Catalog.Html.Writing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Karst.App.Serving;

/// <summary>Serves a catalogue over HTTP from memory: reads only, touches no file, and takes whatever site is current.</summary>
sealed class CatalogServer : IHttpApplication<HttpContext>, IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    readonly IPEndPoint _endpoint;
    readonly Func<LiveSite> _current;
    readonly KestrelServer _server;

    /// <summary>A server that answers at the endpoint once it is started.</summary>
    public CatalogServer(IPEndPoint endpoint, Func<LiveSite> current)
    {
        _endpoint = endpoint;
        _current = current;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = 0;
        options.Listen(endpoint, static listen => listen.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(new OptionsWrapper<SocketTransportOptions>(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(new OptionsWrapper<KestrelServerOptions>(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary>Serves until it is cancelled; an address that is taken is an <see cref="IOException"/>.</summary>
    public async Task RunAsync(Action<string> started, CancellationToken cancellation)
    {
        await _server.StartAsync(this, cancellation).ConfigureAwait(false);
        var address = _server.Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? $"http://{_endpoint}";
        try
        {
            await WarmAsync(new Uri(address).Port, cancellation).ConfigureAwait(false);
            started(address);
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            using var patience = new CancellationTokenSource(s_patience);
            await _server.StopAsync(patience.Token).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    async Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        WriteHeaders(response.Headers);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        // A page elsewhere could have its own name point here and read what only this machine may.
        if (IPAddress.IsLoopback(_endpoint.Address) && !IsLocal(request.Host.Host))
        {
            response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }
        var answer = _current().Find(request.Path.Value ?? "/");
        response.StatusCode = answer.Status;
        if (answer.Location is { } location) response.Headers.Location = location;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (HttpMethods.IsGet(request.Method)) await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }

    // The first request waits until the runtime has compiled what answers it: it is ours, not a reader's.
    async Task WarmAsync(int port, CancellationToken cancellation)
    {
        _current().RenderOneOfEachKind();
        var address = _endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : _endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : _endpoint.Address;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellation).ConfigureAwait(false);
            await socket.SendAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellation).ConfigureAwait(false);
            var answer = new byte[4096];
            while (await socket.ReceiveAsync(answer, cancellation).ConfigureAwait(false) > 0) { }
        }
        catch (SocketException)
        {
            // Where nobody may connect from here, the first reader waits a little.
        }
    }

    static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    static void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy.ForServer;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // The next request may already meet a newer catalogue.
        headers.CacheControl = "no-cache";
    }
}
