namespace Karst.Specs;

public sealed class SpecTests
{
    [Fact]
    public void Placeholder_is_replaced_by_the_arrow_test() => Assert.Equal(2, 1 + 1);
}
