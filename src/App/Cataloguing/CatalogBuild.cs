using System.Diagnostics;
using Karst.App.Output;
using Karst.App.Searching;
using Karst.Catalog;
using Karst.Catalog.Model;
using Karst.Catalog.Writing;
using Karst.Engine.Knowledge.Apps;

namespace Karst.App.Cataloguing;

/// <summary>`karst catalog build`: the catalogue as files.</summary>
static class CatalogBuild
{
    /// <summary>Builds and writes; a rule with something wrong has its page all the same, so that only a folder that cannot be written ends the run.</summary>
    public static int Run(CatalogInput input, string folder, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var problems = new KnowledgeProblems();
        CatalogModel model;
        int files;
        using (new Progress(() => $"building the catalogue, {Amount.Time(watch.Elapsed)}"))
        {
            model = CatalogBuilder.Build(input.Load(problems), cancellation);
            files = CatalogWriter.Write(model, folder, CatalogPages.Renderers, cancellation);
        }
        RunReport.Knowledge(problems);
        foreach (var problem in model.Problems.Where(static problem => problem.Severity == "error"))
            Terminal.Error.WriteLine($"{problem.Path}:{problem.Line}:{problem.Column}: {Style.Error.Bad("error")}[{problem.Code}]: {problem.Message}");
        var totals = model.Totals;
        Terminal.Write($"""
            {Amount.Of(totals.Rules, "rule")}, {Amount.Count(totals.Running)} of them run here, {Amount.Count(totals.Proven)} proven by a test
            events: {Amount.Count(totals.EventsFromPredicates)} from predicates, {Amount.Count(totals.EventsFromDataModel)} from a data model, {Amount.Count(totals.EventsFromDataSource)} from data_source only, {Amount.Count(totals.EventsUnknown)} unknown
            {Amount.Count(totals.WithIndicators)} with indicators; {Amount.Of(totals.Unanalyzed, "condition")} could not be analysed; {Amount.Of(model.Problems.Count, "problem")}
            {Amount.Of(files, "file")} in {folder} in {Amount.Time(watch.Elapsed)}

            """);
        return ExitCodes.Fine;
    }
}
