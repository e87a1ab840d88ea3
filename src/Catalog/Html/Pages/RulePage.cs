using Karst.Catalog.Html.Code;
using Karst.Catalog.Html.Parts;
using Karst.Catalog.Html.Writing;
using Karst.Catalog.Model;
using Karst.Rules.Analysis;

namespace Karst.Catalog.Html.Pages;

/// <summary>A rule's page, in the order in which it is read: what it is, what it covers, its text, what that looks for, what proves it.</summary>
sealed class RulePage(RuleEntry rule, Facets facets)
{
    // Hundreds of rules watch process creation: the event's own page has them all.
    const int MaxSiblings = 60;
    const int MaxValues = 150;

    readonly List<(string Title, string Id)> _sections = [];
    readonly MacroFolds _macros = BodyText.FoldsOf(rule);

    RuleCard Card => rule.Card;

    /// <summary>The page.</summary>
    public static Page Of(RuleEntry rule, Facets facets) => new(rule.Card.Address, rule.Card.Name, html => new RulePage(rule, facets).Write(html))
    {
        Above = [new PageLink("Detection rules", Sections.Rules), new PageLink(Lists.Capital(rule.Card.Platform), facets.AddressOf(Facets.Platform, rule.Card.Platform) ?? Sections.Rules)],
        Json = rule.Card.Address + "index.json",
    };

    void Write(HtmlWriter html)
    {
        html.Element(Tag.H1, Card.Name);
        using (html.Element(Tag.Ul, Attr.Class("tags")))
        {
            Tags.Write(html, Card.Status, facets.AddressOf(Facets.Status, Card.Status), Tags.ToneOf(Card.Status));
            Tags.Write(html, Card.Type, facets.AddressOf(Facets.Type, Card.Type));
            if (rule.IsProven) Tags.Write(html, "proven here", tone: "good");
            if (!rule.Runs && rule.Search.Length > 0) Tags.Write(html, "not run by this version", tone: "warn");
        }
        using var split = html.Element(Tag.Div, Attr.Class("split"));
        using (html.Element(Tag.Div))
        {
            using (html.Element(Tag.Div, Attr.Class("prose"), Attr.Id("description"))) Markdown.Write(html, rule.Description);
            Attack(html);
            Events(html);
            SameAction(html);
            Body(html);
            Stages(html);
            Indicators(html);
            Unanalyzed(html);
            new RuleEvidence(html, rule, Section).Write();
            Guidance(html);
        }
        Aside(html);
    }

    HtmlWriter.Scope Section(HtmlWriter html, string title, string id)
    {
        _sections.Add((title, id));
        return Lists.Section(html, title, id);
    }

    void Attack(HtmlWriter html)
    {
        using var section = Section(html, "MITRE ATT&CK coverage", "attack");
        if (rule.Attack.Count == 0)
        {
            html.Element(Tag.P, "The rule names no technique.", Attr.Class("muted"));
            return;
        }
        using var scroll = html.Element(Tag.Div, Attr.Class("scroll"));
        using var table = Lists.Table(html, ("Tactic", false), ("Techniques", false));
        using var body = html.Element(Tag.Tbody);
        foreach (var tactic in rule.Attack.GroupBy(row => row.Tactic))
        {
            using var row = html.Element(Tag.Tr);
            using (html.Element(Tag.Th, Attr.RowScope))
                Lists.Link(html, tactic.Key.Length == 0 ? "none known" : tactic.Key, tactic.Key.Length == 0 ? null : facets.AddressOf(Facets.Tactic, tactic.Key));
            using var cell = html.Element(Tag.Td);
            foreach (var technique in tactic)
                using (html.Element(Tag.Div)) Technique(html, technique);
        }
    }

    static void Technique(HtmlWriter html, AttackRow technique)
    {
        html.Element(Tag.A, technique.Name == technique.Id ? technique.Id : $"{technique.Id} {technique.Name}", Attr.Href(Address.Of(technique.Address)));
        if (technique.Status != "active") html.Element(Tag.Span, $" {technique.Status}", Attr.Class("not"));
        if (technique.Successor is not { } successor) return;
        html.Text(", now ");
        Lists.Link(html, successor.Text, successor.Address);
    }

    void Events(HtmlWriter html)
    {
        using var section = Section(html, "Event coverage", "events");
        if (rule.Events.Count == 0)
        {
            html.Element(Tag.P, rule.NoEvents is { } reason ? $"None known: {reason}" : "None known.", Attr.Class("muted"));
            return;
        }
        var titled = rule.Events.Any(row => row.Title is not null);
        using var scroll = html.Element(Tag.Div, Attr.Class("scroll"));
        using var table = titled
            ? Lists.Table(html, ("Provider", false), ("Event", false), ("Title", false), ("Known from", false))
            : Lists.Table(html, ("Provider", false), ("Event", false), ("Known from", false));
        using var body = html.Element(Tag.Tbody);
        foreach (var row in rule.Events)
        {
            using var line = html.Element(Tag.Tr);
            using (html.Element(Tag.Td)) Lists.Link(html, row.Provider, row.ProviderAddress);
            using (html.Element(Tag.Td)) Lists.Link(html, row.Event, row.Address);
            if (titled) html.Element(Tag.Td, row.Title ?? "");
            html.Element(Tag.Td, OriginOf(row), Attr.Class("muted"));
        }
    }

    static string OriginOf(EventRow row) => row.Origin switch
    {
        "predicates" => "the search",
        "data_model" => $"the data model {row.Because}".TrimEnd(),
        "data_source" => $"the rule's data source {row.Because}".TrimEnd(),
        var other => other,
    };

    void SameAction(HtmlWriter html)
    {
        using var section = Section(html, "Rules detecting the same action", "same-action");
        var here = rule.SameAction.Where(row => row.SamePlatform).ToList();
        var elsewhere = rule.SameAction.Where(row => !row.SamePlatform).ToList();
        html.Element(Tag.P, "Other rules on this platform that filter on the same API call or operation.", Attr.Class("muted"));
        Siblings(html, here, "None.");
        if (elsewhere.Count == 0) return;
        html.Element(Tag.H3, "On other platforms");
        Siblings(html, elsewhere, "");
    }

    static void Siblings(HtmlWriter html, List<SameActionRow> rows, string none)
    {
        if (rows.Count == 0)
        {
            html.Element(Tag.P, none);
            return;
        }
        Lists.Rules(html, rows.Take(MaxSiblings).Select(row => row.Rule));
        Lists.FirstOf(html, MaxSiblings, rows.Count, "the pages of the events above have all");
    }

    void Body(HtmlWriter html)
    {
        using var section = html.Element(Tag.Section, Attr.Id("body"));
        _sections.Add(("Rule body", "body"));
        using (html.Element(Tag.Div, Attr.Class("bar")))
        {
            using (html.Element(Tag.H2))
            {
                html.Text("Rule body ");
                html.Element(Tag.Span, Card.Platform.ToLowerInvariant(), Attr.Class("count"));
            }
            html.Element(Tag.Button, "Copy", Attr.TypeButton, Attr.Class("copy script"), Attr.AriaControls("code"), Attr.Hidden);
        }
        BodyText.Write(html, rule);
    }

    void Stages(HtmlWriter html)
    {
        if (rule.Search.Length == 0) return;
        using var section = Section(html, "Stages and Predicates", "stages");
        if (rule.Stages.Count == 0)
        {
            html.Element(Tag.P, "The search does not parse: the rule body shows why.", Attr.Class("muted"));
            return;
        }
        using var list = html.Element(Tag.Ol, Attr.Class("stages"));
        foreach (var stage in rule.Stages) Stage(html, stage);
    }

    void Stage(HtmlWriter html, StageEntry stage)
    {
        using var item = html.Element(Tag.Li, Attr.Class("stage"), Attr.Id($"stage-{Lists.Plain(stage.Number)}"));
        using (html.Element(Tag.H3))
        {
            html.Text($"Stage {Lists.Plain(stage.Number)}: ");
            html.Element(Tag.B, stage.Command);
        }
        using (html.Element(Tag.Div, Attr.Class("src"))) CodeBlock.WriteInline(html, stage.Text, _macros);
        using (html.Element(Tag.Div))
        {
            if (stage.Predicates.Count > 0 && !stage.IsFilter) html.Element(Tag.P, "tests, but lets every row go on", Attr.Class("joint"));
            if (stage.Predicates.Count > 0) Predicates.Write(html, stage.Predicates, facets.FieldPage);
            else if (stage.Macro is { } macro && stage.Expansion is { } expansion)
            {
                using var shown = html.Element(Tag.P, Attr.Class("joint"));
                html.Text($"{macro} expands to ");
                html.Element(Tag.Code, expansion);
            }
        }
        html.Line();
    }

    void Indicators(HtmlWriter html)
    {
        if (rule.Stages.Count == 0) return;
        using var section = Section(html, "Indicators", "indicators");
        html.Element(Tag.P,
            "Each row is a field, operator, and value that the rule matches. The corpus column counts how many other rules in the catalog look for the same combination: high numbers point to widely-used, community-vetted indicators. Blank or 1 shows that the indicator is specific to this rule.",
            Attr.Class("muted"));
        if (rule.Indicators.Count == 0)
        {
            html.Element(Tag.P, "The rule tests no field.");
            return;
        }
        using var scroll = html.Element(Tag.Div, Attr.Class("scroll"));
        using var table = Lists.Table(html, ("Field", false), ("Kind", false), ("Values", false));
        using var body = html.Element(Tag.Tbody);
        foreach (var indicator in rule.Indicators) Indicator(html, indicator);
    }

    static void Indicator(HtmlWriter html, IndicatorEntry indicator)
    {
        using var row = html.Element(Tag.Tr);
        using (html.Element(Tag.Th, Attr.RowScope)) Lists.Link(html, indicator.Field, indicator.Address, "mono");
        using (html.Element(Tag.Td))
        {
            if (indicator.Negated) html.Element(Tag.Span, "not ", Attr.Class("not"));
            html.Element(Tag.Span, indicator.Kind.Name(), Attr.Class("op"));
        }
        using var cell = html.Element(Tag.Td);
        using (html.Element(Tag.Ul, Attr.Class("values")))
            foreach (var value in indicator.Values.Take(MaxValues))
            {
                using var item = html.Element(Tag.Li);
                Lists.Value(html, value.Value, value.Address);
                if (value.Count > 0) Corpus(html, value);
            }
        Lists.FirstOf(html, MaxValues, indicator.Values.Count, "the JSON of this page has all");
        if (indicator.Computed is { } computed) html.Element(Tag.P, $"computed: {computed}", Attr.Class("joint"));
    }

    static void Corpus(HtmlWriter html, IndicatorValue value)
    {
        var platforms = value.Platforms.Count > 1 ? $" ({string.Join(", ", value.Platforms.Select(platform => $"{platform.Text} {Lists.Number(platform.Count)}"))})" : "";
        html.Text(" ");
        html.Element(Tag.Span, $"corpus {Lists.Number(value.Count)}{platforms}", Attr.Class("count"));
    }

    void Unanalyzed(HtmlWriter html)
    {
        if (rule.Unanalyzed.Count == 0) return;
        using var section = Section(html, "Not analysed", "unanalyzed");
        html.Element(Tag.P, "Conditions that no predicate above stands for.", Attr.Class("muted"));
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var entry in rule.Unanalyzed.Take(MaxValues))
        {
            using var item = html.Element(Tag.Li);
            html.Element(Tag.A, $"Stage {Lists.Plain(entry.Stage)}", Attr.HrefHere($"stage-{Lists.Plain(entry.Stage)}"));
            html.Text(" ");
            html.Element(Tag.Code, entry.Text);
            html.Element(Tag.P, entry.Reason);
        }
    }

    void Guidance(HtmlWriter html)
    {
        Prose(html, "How to implement", "how-to", rule.HowToImplement);
        Prose(html, "Known false positives", "false-positives", rule.KnownFalsePositives);
        if (rule.References.Count == 0) return;
        using var section = Section(html, "References", "references");
        using var list = html.Element(Tag.Ul, Attr.Class("list"));
        foreach (var reference in rule.References)
            using (html.Element(Tag.Li)) Lists.WebLink(html, reference);
    }

    void Prose(HtmlWriter html, string title, string id, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        using var section = Section(html, title, id);
        using var prose = html.Element(Tag.Div, Attr.Class("prose"));
        Markdown.Write(html, text);
    }

    void Aside(HtmlWriter html)
    {
        using var aside = html.Element(Tag.Div, Attr.Class("aside"));
        using (html.Element(Tag.Section, Attr.AriaLabel("About the rule")))
        {
            html.Element(Tag.H2, "About the rule");
            using var facts = html.Element(Tag.Dl, Attr.Class("facts"));
            Fact(html, "Version", rule.Version > 0 ? Lists.Plain(rule.Version) : "");
            Fact(html, "Author", rule.Author);
            Fact(html, "Created", rule.CreationDate);
            Fact(html, "Changed", rule.ModificationDate);
            Fact(html, "Asset", rule.AssetType);
            Fact(html, "Domain", rule.SecurityDomain);
            Fact(html, "Category", rule.Category);
            Facts(html, "Stories", rule.Stories.Select(story => (story.Text, (string?)story.Address)));
            Facts(html, "Data sources", rule.DataSources.Select(source => (source.Text, (string?)source.Address)));
            Facts(html, "Data models", rule.DataModels.Select(model => (model, facets.AddressOf(Facets.DataModel, model))));
            Facts(html, "Macros", rule.Macros.Select(macro => (macro.Key, (string?)macro.Address)));
            Facts(html, "Lookups", rule.Lookups.Select(lookup => (lookup.Text, (string?)lookup.Address)));
            Fact(html, "CVE", string.Join(", ", rule.Cves));
            Fact(html, "Products", string.Join(", ", rule.Products));
            Fact(html, "Id", Card.Id);
            Fact(html, "File", rule.Source);
        }
        Links(html);
        using (html.Element(Tag.Nav, Attr.Class("toc"), Attr.AriaLabel("On this page")))
        using (html.Element(Tag.Section))
        {
            html.Element(Tag.H2, "On this page");
            using var list = html.Element(Tag.Ul);
            foreach (var (title, id) in _sections)
                using (html.Element(Tag.Li)) html.Element(Tag.A, title, Attr.HrefHere(id));
        }
    }

    void Links(HtmlWriter html)
    {
        using var section = html.Element(Tag.Section, Attr.AriaLabel("The same for programs"));
        html.Element(Tag.H2, "The same for programs");
        using (html.Element(Tag.Ul))
        {
            using (html.Element(Tag.Li)) html.Element(Tag.A, "This page as JSON", Attr.Href(Address.Of(Card.Address + "index.json")));
            if (rule.Layer is { } layer)
                using (html.Element(Tag.Li)) html.Element(Tag.A, "Navigator layer", Attr.Href(Address.Of(layer)));
        }
        if (rule.Command is not { } command) return;
        html.Element(Tag.P, "Run it over a folder of logs:");
        html.Element(Tag.Code, command, Attr.Class("value"));
    }

    static void Fact(HtmlWriter html, string name, string value)
    {
        if (value.Length == 0) return;
        html.Element(Tag.Dt, name);
        html.Element(Tag.Dd, value);
    }

    static void Facts(HtmlWriter html, string name, IEnumerable<(string Text, string? Address)> values)
    {
        var all = values.ToList();
        if (all.Count == 0) return;
        html.Element(Tag.Dt, name);
        using var cell = html.Element(Tag.Dd);
        foreach (var (text, address) in all)
            using (html.Element(Tag.Div)) Lists.Link(html, text, address);
    }
}
