using Karst.App.Output;
using Karst.Rules;
using Karst.Rules.Analysis;
using Karst.Spl;

namespace Karst.App.Explaining;

/// <summary>The rule page in the terminal.</summary>
static class RulePageText
{
    /// <summary>Prints a page to stdout.</summary>
    public static void Write(RulePage page)
    {
        using var output = Terminal.OpenText();
        Head(output, page);
        Title(output, "Stages");
        foreach (var stage in page.Analysis.Stages) Stage(output, stage);
        Title(output, "Indicators");
        foreach (var indicator in page.Analysis.Indicators)
            output.WriteLine($"  {indicator.Field}  {(indicator.Negated ? "not " : "")}{indicator.Kind.Name()}  {string.Join(", ", indicator.Values)}{(indicator.Computed is { } computed ? $" ({computed})" : "")}");
        foreach (var condition in page.Analysis.Unanalyzed) output.WriteLine($"  not analysed in stage {condition.Stage}: {condition.Text}: {condition.Reason}");
        Title(output, "Fields needed");
        var width = page.Fields.Select(static field => field.Field.Length).DefaultIfEmpty().Max();
        foreach (var field in page.Fields) output.WriteLine($"  {field.Field.PadRight(width)}  {Style.Output.Dim(Short(field.From))}");
        Title(output, "Findings");
        foreach (var entity in page.Rule.Entities) output.WriteLine($"  {entity.Type} {entity.Field}, score {entity.Score}: {entity.Message}");
        Title(output, "Plan");
        foreach (var stage in page.Compiled.Plan?.Stages ?? []) output.WriteLine($"  {stage.Describe()}");
        foreach (var diagnostic in page.Compiled.Diagnostics) output.WriteLine(DiagnosticPrinter.Print(diagnostic, page.Compiled.Text));
        Rows(output, page);
    }

    static void Head(TextWriter output, RulePage page)
    {
        var rule = page.Rule;
        output.WriteLine(Style.Output.Bold(rule.Name));
        var version = rule.Version > 0 ? $" version {rule.Version}" : "";
        string[] about = [$"{rule.Status.ToString().ToLowerInvariant()} {(rule.Type == RuleType.Ttp ? "TTP" : rule.Type)}{version}", rule.Author, rule.ModificationDate];
        output.WriteLine(string.Join(", ", about.Where(static part => part.Length > 0)));
        output.WriteLine($"{rule.Path}\n\n{rule.Description}");
        Title(output, "ATT&CK");
        foreach (var technique in page.Attack) output.WriteLine($"  {technique.Tactic}  {technique.Id} {technique.Name}{(technique.Status == "active" ? "" : $" ({technique.Status})")}");
        Title(output, "Events");
        foreach (var covered in page.Events) output.WriteLine($"  {covered.Provider}  {covered.Event}");
    }

    static void Stage(TextWriter output, AnalyzedStage stage)
    {
        output.WriteLine($"  Stage {stage.Number}: {stage.Command}");
        foreach (var line in stage.Text.Split('\n')) output.WriteLine($"      {line.Trim()}");
        if (stage.Expansion is { } expansion) output.WriteLine(Style.Output.Dim($"      = {expansion}"));
        foreach (var predicate in stage.Predicates) output.WriteLine($"    - {predicate.Describe()}");
    }

    static void Rows(TextWriter output, RulePage page)
    {
        if (page.Outcome is null) return;
        Title(output, "Rows");
        foreach (var stage in page.Outcome.Stages) output.WriteLine($"  {Amount.Count(stage.In),12} in {Amount.Count(stage.Out),12} out  {stage.Description}");
        if (page.Outcome.Failure is { } failure) output.WriteLine($"  ended: {failure}");
        else if (page.Rows == 0 && page.Outcome.LostAt >= 0) output.WriteLine($"  stage {page.Outcome.LostAt + 1} dropped the last rows");
        else if (page.Rows == 0) output.WriteLine("  no event came into the first stage");
        if (page.NearestMiss is { } miss) output.WriteLine($"  {miss}");
    }

    // A calculation can be longer than a page; --format json has it whole.
    static string Short(string text) => text.Length <= 120 ? text : text[..119] + "\u2026";

    static void Title(TextWriter output, string title) => output.WriteLine($"\n{Style.Output.Bold(title)}");
}
