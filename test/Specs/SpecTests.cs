namespace Karst.Specs;

/// <summary>Every `spec` block of the pages beneath docs/ and spec/, in every mode.</summary>
public sealed class SpecTests
{
    public static TheoryData<string> Cases => [.. SpecPage.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_case_holds_in_every_mode(string name)
    {
        var spec = SpecPage.All[name];
        SpecPage.Check(spec);
        if (Environment.GetEnvironmentVariable("SPEC_ACCEPT") == "1") SpecAccept.Rewrite(spec);
        var wrong = new List<string>();
        foreach (var mode in SpecMode.All)
        {
            var result = SpecEngine.Run(spec, mode);
            foreach (var expect in spec.All("expect"))
                if (SpecExpectation.Compare(expect, result, mode) is { } difference) wrong.Add($"[{mode}]\n{difference}");
        }
        Assert.True(wrong.Count == 0, $"{spec.Page}: {name}\n{spec.Search}\n{wrong.FirstOrDefault()}\n({wrong.Count} of {SpecMode.All.Count * spec.All("expect").Count()} comparisons fail)");
    }

    [Fact]
    public void There_are_cases() => Assert.NotEmpty(SpecPage.All);
}
