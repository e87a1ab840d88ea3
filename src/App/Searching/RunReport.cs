using Karst.App.Output;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Rules;

namespace Karst.App.Searching;

/// <summary>What is said on stderr beside the rows: limits hit, input lost, knowledge that could not be honoured.</summary>
static class RunReport
{
    // These pass on what they found as it stands, or are no logs: docs/reference/formats/input.md.
    static readonly string[] s_lossless = ["broken-json", "line-breaker-timeout", "link-loop", "special-file", "truncated-json", "truncated-xml"];

    /// <summary>Something that is input was not processed.</summary>
    public static bool IsLoss(ProblemLog log) => log.AnyFatal || log.Kinds().Any(static kind => !s_lossless.Contains(kind.Name));

    /// <summary>Prints the messages of a run, each with its number.</summary>
    public static void Messages(RunMessages messages)
    {
        foreach (var (_, text, count) in messages.All) Warn(count > 1 ? $"{text} ({Amount.Count(count)} times)" : text);
    }

    /// <summary>Prints what is wrong with rule files.</summary>
    public static void Errors(IEnumerable<RuleDiagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            if (!diagnostic.IsError) continue;
            Terminal.Error.WriteLine($"{SafeText.Of(diagnostic.Path)}:{diagnostic.At.Line}:{diagnostic.At.Column}: {Style.Error.Bad("error")}[{diagnostic.Diagnostic.Code}]: {SafeText.Of(diagnostic.Diagnostic.Message)}");
        }
    }

    /// <summary>Prints what could not be read, by kind with the first examples.</summary>
    public static void Problems(ProblemLog log)
    {
        foreach (var kind in log.Kinds())
        {
            Warn($"{kind.Name}: {Amount.Of(kind.Count, "problem")}{(kind.Fatal ? ", input was lost" : "")}");
            foreach (var example in kind.Examples)
                Terminal.Error.WriteLine($"  {SafeText.Of(example.Path)}{(example.Line > 0 ? $":{example.Line}" : "")}: {SafeText.Of(example.Message)}");
        }
    }

    /// <summary>Prints what apps say that cannot be honoured, by file and line: several threads come upon it in any order.</summary>
    public static void Knowledge(KnowledgeProblems problems)
    {
        foreach (var problem in problems.All.OrderBy(static problem => problem.File, StringComparer.Ordinal).ThenBy(static problem => problem.Line)) Warn($"{problem.File}{(problem.Line > 0 ? $":{problem.Line}" : "")}: {problem.Message}");
    }

    /// <summary>Prints a warning.</summary>
    public static void Warn(string text) => Terminal.Error.WriteLine($"{Style.Error.Warning("warning")}: {SafeText.Of(text)}");
}
