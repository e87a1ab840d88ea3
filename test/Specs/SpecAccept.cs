namespace Karst.Specs;

/// <summary>`SPEC_ACCEPT=1`: writes what came out into the page, to be looked at in the diff.</summary>
static class SpecAccept
{
    static readonly Lock s_lock = new();

    public static void Rewrite(SpecCase spec)
    {
        var mode = SpecMode.All[0];
        var result = SpecEngine.Run(spec, mode);
        lock (s_lock)
        {
            // Earlier cases of the page may have grown, so the sections are found anew.
            var now = SpecPage.Read(spec.Page, "").First(other => other.Ordinal == spec.Ordinal);
            var lines = File.ReadAllLines(spec.Page).ToList();
            foreach (var expect in now.All("expect").Reverse().ToList())
            {
                if (SpecExpectation.Compare(expect, result, mode) is null) continue;
                var kind = expect.Rest.Split(' ')[0];
                if (kind == "count") lines[expect.FirstLine] = $"expect count {result.Count}";
                else if (kind == "error" || result.Errors.Count > 0 || result.Failure is not null) lines[expect.FirstLine] = $"expect error {SpecExpectation.ErrorText(result)}";
                if (kind is "count" or "error") continue;
                lines.RemoveRange(expect.FirstLine + 1, expect.EndLine - expect.FirstLine - 1);
                if (result.Errors.Count == 0 && result.Failure is null)
                    lines.InsertRange(expect.FirstLine + 1, SpecExpectation.Actual(expect, result).Select(line => "  " + line));
            }
            File.WriteAllText(spec.Page, string.Join('\n', lines) + "\n");
        }
    }
}
