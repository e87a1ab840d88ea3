using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.App.Serving;
using Karst.App.Watching;
using Karst.Catalog;
using Karst.Catalog.Model;
using Karst.Engine.Knowledge.Apps;

namespace Karst.App.Cataloguing;

/// <summary>`karst catalog serve`: the catalogue over HTTP, built anew when a rule changes.</summary>
sealed class CatalogServe(CatalogInput input)
{
    /// <summary>Where it listens when nothing is said: this machine alone.</summary>
    public const string DefaultAddress = "http://127.0.0.1:8080";

    // One waiting change stands for all.
    readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    LiveSite _site = new([]);

    /// <summary>Serves until the user ends it.</summary>
    public int Run(string address, CancellationToken cancellation)
    {
        var endpoint = EndpointOf(address);
        Build(cancellation);
        using var watch = Watch();
        using var server = new CatalogServer(endpoint, () => Volatile.Read(ref _site));
        var rebuilding = RebuildAsync(cancellation);
        try
        {
            server.RunAsync(static where => Terminal.Write($"the catalogue is at {where}/ (Ctrl-C ends)\n"), cancellation).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw new UsageException($"`--urls {address}`: {failure.Message}");
        }
        rebuilding.GetAwaiter().GetResult();
        return ExitCodes.Fine;
    }

    /// <summary>Reads `http://ADDRESS:PORT`; anything else is a <see cref="UsageException"/>.</summary>
    public static IPEndPoint EndpointOf(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != "http" || uri.PathAndQuery != "/")
            throw new UsageException($"`--urls {address}`: an address like {DefaultAddress} is needed");
        if (uri.Host == "localhost") return new IPEndPoint(IPAddress.Loopback, uri.Port);
        return IPAddress.TryParse(uri.Host.Trim('[', ']'), out var host)
            ? new IPEndPoint(host, uri.Port)
            : throw new UsageException($"`--urls {address}`: `{uri.Host}` is no address of this machine; 127.0.0.1 is this machine alone, 0.0.0.0 all that reach it");
    }

    void Build(CancellationToken cancellation)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var problems = new KnowledgeProblems();
        var model = CatalogBuilder.Build(input.Load(problems), cancellation);
        Volatile.Write(ref _site, new LiveSite(CatalogPages.Renderers.SelectMany(renderer => renderer.Files(model))));
        Terminal.Error.WriteLine($"{Amount.Of(model.Totals.Rules, "rule")} in {Amount.Time(watch.Elapsed)}, {Amount.Of(model.Problems.Count, "problem")}");
        foreach (var problem in model.Problems.Where(static problem => problem.Severity == "error")) Terminal.Error.WriteLine(Line(problem));
    }

    static string Line(CatalogProblem problem) =>
        string.Create(CultureInfo.InvariantCulture, $"{problem.Path}:{problem.Line}:{problem.Column}: {Style.Error.Bad("error")}[{problem.Code}]: {problem.Message}");

    // The old pages are served until the new ones are there; a change that comes while they are made makes them once more.
    async Task RebuildAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in _changes.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                try
                {
                    Build(cancellation);
                }
                catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UsageException)
                {
                    RunReport.Warn($"the pages stay as they are: {failure.Message}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends.
        }
    }

    FileWatch? Watch()
    {
        try
        {
            return new FileWatch(input.Watched, _ => _changes.Writer.TryWrite(true));
        }
        catch (IOException failure)
        {
            RunReport.Warn($"changes of rules are not followed: {failure.Message}");
            return null;
        }
    }
}
