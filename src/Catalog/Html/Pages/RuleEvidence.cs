using Karst.Catalog.Html.Code;
using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;

namespace Karst.Catalog.Html.Pages;

/// <summary>Opens a section of a page: title and id.</summary>
delegate HtmlWriter.Scope SectionOpener(HtmlWriter html, string title, string id);

/// <summary>The parts of a rule's page that say what comes of it: tests, fields, findings, drill-downs, lint, history.</summary>
sealed class RuleEvidence(HtmlWriter html, RuleEntry rule, SectionOpener section)
{
    /// <summary>Writes the sections that the rule has something for.</summary>
    public void Write()
    {
        Tests();
        Fields();
        Findings();
        Drilldowns();
        Lint();
        History();
    }

    void Tests()
    {
        if (rule.Tests.Count == 0) return;
        using var part = section(html, "Tests", "tests");
        if (!rule.Tests.Any(test => test.Last is not null)) html.Element(Tag.P, "Not run for this catalogue.", Attr.Class("muted"));
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var test in rule.Tests)
        {
            using var item = html.Element(Tag.Li);
            Test(test);
        }
    }

    void Test(TestEntry test)
    {
        html.Element(Tag.Strong, test.Name);
        html.Text(" ");
        if (test.Last is { } last)
        {
            html.Element(Tag.Span, last.State, Attr.Class($"tag {Tags.ToneOfState(last.State)}"));
            html.Element(Tag.Span, $" {Lists.Amount(last.Rows, "row")} in {Lists.Number((long)Math.Round(last.Milliseconds))} ms", Attr.Class("count"));
            if (last.Reason.Length > 0) html.Element(Tag.P, last.Reason);
        }
        if (test.Manual is { } manual) html.Element(Tag.P, $"By hand: {manual}");
        if (test.Expected is { } expected) html.Element(Tag.P, $"Expects {expected}.");
        foreach (var data in test.Data)
            using (html.Element(Tag.P))
            {
                Lists.WebLink(html, data.Data);
                html.Text($" {string.Join(" ", ((IEnumerable<string>)[data.Sourcetype, data.Source]).Where(text => text.Length > 0))}");
            }
    }

    void Fields()
    {
        if (rule.FieldsNeeded.Count == 0) return;
        using var part = section(html, "Fields needed", "fields");
        using var scroll = html.Element(Tag.Div, Attr.Class("scroll"));
        using var table = Lists.Table(html, ("Field", false), ("Comes from", false));
        using var body = html.Element(Tag.Tbody);
        foreach (var field in rule.FieldsNeeded)
        {
            using var row = html.Element(Tag.Tr);
            using (html.Element(Tag.Th, Attr.RowScope)) Lists.Link(html, field.Field, field.Address, "mono");
            html.Element(Tag.Td, Short(field.From), Attr.Class("long"));
        }
    }

    void Findings()
    {
        if (rule.Finding is null && rule.Entities.Count == 0 && rule.ThreatObjects.Count == 0) return;
        using var part = section(html, "Findings", "findings");
        if (rule.Finding is { } finding) html.Element(Tag.P, finding.Title);
        using (html.Element(Tag.Div, Attr.Class("scroll")))
        using (Lists.Table(html, ("Entity", false), ("Type", false), ("Score", true), ("Message", false)))
        using (html.Element(Tag.Tbody))
        {
            if (rule.Finding is { } whole) Entity(whole.Entity);
            foreach (var entity in rule.Entities) Entity(entity);
        }
        if (rule.ThreatObjects.Count > 0)
            html.Element(Tag.P, $"Traces of the threat: {string.Join(", ", rule.ThreatObjects.Select(trace => $"{trace.Field} ({trace.Type})"))}", Attr.Class("muted"));
    }

    void Entity(EntityRow entity)
    {
        using var row = html.Element(Tag.Tr);
        html.Element(Tag.Th, entity.Field, Attr.RowScope, Attr.Class("mono"));
        html.Element(Tag.Td, entity.Type);
        html.Element(Tag.Td, Lists.Plain(entity.Score), Attr.Class("num"));
        html.Element(Tag.Td, entity.Message);
    }

    void Drilldowns()
    {
        if (rule.Drilldowns.Count == 0) return;
        using var part = section(html, "Drilldowns", "drilldowns");
        var number = 0;
        foreach (var drilldown in rule.Drilldowns)
        {
            number++;
            html.Element(Tag.H3, drilldown.Name);
            if (drilldown.EarliestOffset is not null || drilldown.LatestOffset is not null)
                html.Element(Tag.P, $"from {drilldown.EarliestOffset ?? "the rule's window"} to {drilldown.LatestOffset ?? "the rule's window"}", Attr.Class("note"));
            new CodeBlock(html, drilldown.Search, drilldown.Name) { Prefix = $"D{Lists.Plain(number)}-", Id = $"drilldown-{Lists.Plain(number)}", Macros = BodyText.FoldsOf(rule) }.WriteSearch();
        }
    }

    void Lint()
    {
        if (rule.Lint.Count == 0) return;
        using var part = section(html, "Lint", "lint");
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var entry in rule.Lint)
        {
            using var item = html.Element(Tag.Li);
            html.Element(Tag.A, $"Line {Lists.Plain(entry.Line)}", Attr.HrefHere($"L{Lists.Plain(Math.Max(1, entry.Line))}"));
            html.Text($" {entry.Severity}[{entry.Code}]: {entry.Message}");
            if (entry.Help is { } help) html.Element(Tag.P, help);
        }
    }

    void History()
    {
        if (rule.History.Count == 0) return;
        using var part = section(html, "History", "history");
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        for (var index = 0; index < rule.History.Count; index++)
        {
            using var item = html.Element(Tag.Li);
            Version(rule.History[index], index == 0 ? rule.Version : rule.History[index - 1].Version);
        }
    }

    void Version(HistoryEntry older, int newer)
    {
        using var details = html.Element(Tag.Details);
        using (html.Element(Tag.Summary))
        {
            html.Text($"Version {Lists.Plain(older.Version)}");
            html.Element(Tag.Span, $" {older.ModificationDate}", Attr.Class("count"));
        }
        html.Element(Tag.P, older.Change.IsEmpty ? $"Version {Lists.Plain(newer)} changed nothing that is shown here." : $"What version {Lists.Plain(newer)} changed:");
        foreach (var property in older.Change.Properties)
            using (html.Element(Tag.P))
            {
                html.Element(Tag.Strong, property.Name);
                html.Text(": ");
                html.Element(Tag.Span, Short(property.Older), Attr.Class("value"));
                html.Text(" became ");
                html.Element(Tag.Span, Short(property.Newer), Attr.Class("value"));
            }
        Lines("Predicates", older.Change.Predicates);
        Lines("Indicators", older.Change.Indicators);
        Lines("Fields", older.Change.Fields);
    }

    void Lines(string title, LineChange change)
    {
        if (change.IsEmpty) return;
        html.Element(Tag.H3, title);
        using var list = html.Element(Tag.Ul, Attr.Class("predicates"));
        foreach (var line in change.Added.Take(100)) Line("added", line);
        foreach (var line in change.Removed.Take(100)) Line("removed", line);
    }

    void Line(string word, string line)
    {
        using var item = html.Element(Tag.Li);
        html.Element(Tag.Span, $"{word} ", Attr.Class("joint"));
        html.Element(Tag.Span, line, Attr.Class("value"));
    }

    // Searches, descriptions and calculations are long; the JSON has them whole.
    static string Short(string? text) => text is null ? "nothing" : text.Length <= 240 ? text : text[..240] + " …";
}
