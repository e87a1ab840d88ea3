using System.Globalization;
using Karst.Engine.Aggregates;
using Karst.Engine.Commands;
using Karst.Engine.Functions;

namespace Karst.Specs.Fuzz;

/// <summary>
/// Made searches over made rows give the same in every mode, and end with rows or with an error that Karst means. KARST_FUZZ_SECONDS sets how long it looks;
/// KARST_FUZZ_SEED where it begins.
/// </summary>
public sealed class ProgramFuzz
{
    const double LeastShareThatRuns = 0.7;
    static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(60);

    static double Setting(string name, double otherwise) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    [Fact]
    public void Every_mode_gives_the_same()
    {
        var end = Environment.TickCount64 + (long)(Setting("KARST_FUZZ_SECONDS", 3) * 1000);
        var seed = (int)Setting("KARST_FUZZ_SEED", 1);
        using var app = new SpecApp(FuzzProgram.Of(seed).Case);
        var (made, ran) = (0, 0);
        var refusals = new Dictionary<string, int>();
        var wrong = new List<string>();
        do
        {
            var program = FuzzProgram.Of(seed++);
            made++;
            if (Fault(program, app, out var refusal) is { } fault)
            {
                wrong.Add(Shrunken(program, app, Environment.TickCount64 + 5_000) is var (least, what) ? $"{what}\n{least}" : $"{fault}\n{program}");
                if (wrong.Count == 12) break;
            }
            if (refusal is null) ran++;
            else refusals[refusal] = refusals.GetValueOrDefault(refusal) + 1;
        }
        while (Environment.TickCount64 < end);
        var share = (double)ran / made;
        var told = $"{made} programs, {share:P0} ran; refused: {string.Join("; ", refusals.OrderByDescending(entry => entry.Value).Take(12).Select(entry => $"{entry.Key} ({entry.Value})"))}";
        TestContext.Current.SendDiagnosticMessage(told);
        Assert.True(wrong.Count == 0, $"{told}\n\n{string.Join("\n\n", wrong)}");
        if (made > 50) Assert.True(share > LeastShareThatRuns, told);
    }

    [Fact]
    public void Every_command_is_made_or_left_for_a_reason() =>
        Assert.Equal(CommandTable.All.Select(command => command.Name).Order(StringComparer.Ordinal), CommandDice.All.Keys.Concat(CommandDice.Left.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_function_is_made_or_left_for_a_reason() =>
        Assert.Equal(FunctionTable.All.Select(function => function.Name).Order(StringComparer.Ordinal), EvalDice.Functions.Keys.Concat(EvalDice.Left.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_aggregates_to_choose_from() => Assert.NotEmpty(AggregateTable.All);

    // What is wrong with a program, or null; and why it is refused.
    static string? Fault(FuzzProgram program, SpecApp app, out string? refusal)
    {
        refusal = null;
        string? first = null;
        foreach (var mode in SpecMode.All)
        {
            var running = Task.Run(() => Outcome(program, app, mode));
            if (!running.Wait(s_mostTime)) return $"[{mode}] runs for more than {s_mostTime.TotalSeconds} seconds";
            var (text, refused) = running.Result;
            refusal = refused;
            if (text.StartsWith("EXCEPTION", StringComparison.Ordinal)) return $"[{mode}] {text}";
            first ??= text;
            if (text != first) return $"[{mode}] differs\nfirst:\n{first}\nnow:\n{text}";
            // What is refused is refused before it runs, so no mode matters.
            if (refusal is not null) return null;
        }
        return null;
    }

    static (string Text, string? Refusal) Outcome(FuzzProgram program, SpecApp app, SpecMode mode)
    {
        try
        {
            var result = SpecEngine.Run(program.Case, mode, app, [$"search * | stats count values(*) by group", "search user=ann | head 1"]);
            if (result.Errors.Count > 0) return ("refused", result.Errors[0].Message);
            if (result.Failure is { } failure) return ($"failed: {failure}", null);
            // The order of columns may go by the batch in which a field is first seen.
            var names = result.Names().Order(StringComparer.Ordinal).ToList();
            return (string.Join('\n', SpecTable.Format(names, result.Rows(names))), null);
        }
#pragma warning disable CA1031 // Whatever it is, it is what is looked for.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            return ($"EXCEPTION {thrown}", null);
        }
    }

    static (FuzzProgram Program, string Fault)? Shrunken(FuzzProgram program, SpecApp app, long end)
    {
        (FuzzProgram Program, string Fault)? least = null;
        for (var again = true; again && Environment.TickCount64 < end;)
        {
            again = false;
            foreach (var smaller in (least?.Program ?? program).Smaller())
            {
                if (Environment.TickCount64 > end) break;
                if (Fault(smaller, app, out _) is not { } fault) continue;
                least = (smaller, fault);
                again = true;
                break;
            }
        }
        return least;
    }
}
