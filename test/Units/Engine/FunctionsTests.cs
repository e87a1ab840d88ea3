using Karst.Engine.Aggregates;
using Karst.Engine.Expressions;
using Karst.Engine.Functions;
using Karst.Engine.Running;
using Karst.Events;
using Karst.Spl;

namespace Karst.Units.Engine;

public sealed class FunctionsTests
{
    static BoundExpression Bind(string text) => ExpressionBinder.Bind(SplParser.ParseEval(text, new Span(0, text.Length)));

    static Value Evaluate(BoundExpression expression)
    {
        var run = expression.Open(new RunContext { Now = 0 });
        run.Start(new Batch(1, [new Column("a", [Value.FromText("x")]), new Column("n", [Value.FromText("3")])]));
        return run.Evaluate(0);
    }

    [Theory]
    [InlineData("missing=1", null)]
    [InlineData("NOT missing=1", null)]
    [InlineData("missing=1 AND a=\"y\"", "False")]
    [InlineData("missing=1 AND a=\"x\"", null)]
    [InlineData("missing=1 OR a=\"x\"", "True")]
    [InlineData("missing=1 OR a=\"y\"", null)]
    [InlineData("missing=1 XOR a=\"x\"", null)]
    [InlineData("a!=missing", null)]
    [InlineData("a IN (\"y\", missing)", null)]
    [InlineData("n=3.0", "True")]
    [InlineData("n<20", "True")]
    [InlineData("\"b\">\"a\"", "True")]
    [InlineData("a=\"X\"", "False")]
    [InlineData("like(a, missing)", null)]
    public void Unknown_stays_unknown(string text, string? expected)
    {
        var value = Evaluate(Bind(text));
        Assert.Equal(expected, value.IsNull ? null : value.ToString());
    }

    [Theory]
    [InlineData("1+2*3", "7")]
    [InlineData("if(1=1, a, missing)", "x")]
    [InlineData("lower(\"ABC\").a", "abcx")]
    [InlineData("case(n>5, \"big\", true(), upper(\"small\"))", "SMALL")]
    [InlineData("coalesce(null(), 2)", "2")]
    [InlineData("mvmap(split(n.\",4\", \",\"), n*10)", "30\n40")]
    public void Folding_changes_nothing(string text, string expected)
    {
        var expression = Bind(text);
        Assert.Equal(expected, Evaluate(expression).ToString());
        Assert.Equal(expected, Evaluate(expression.Fold()).ToString());
    }

    [Theory]
    [InlineData("1+2*3")]
    [InlineData("replace(\"a-b\", \"-\", upper(\"x\"))")]
    [InlineData("if(match(\"abc\", \"b\"), \"y\", \"n\")")]
    public void What_is_constant_folds_to_a_constant(string text) => Assert.IsType<ConstantEvaluator>(Bind(text).Fold().Root);

    [Theory]
    [InlineData("random()")]
    [InlineData("now()")]
    [InlineData("strftime(0, \"%H\")")]
    public void What_the_run_decides_is_not_constant(string text) => Assert.False(Bind(text).Root.IsConstant);

    [Fact]
    public void A_long_chain_binds_and_runs()
    {
        var text = string.Join(" OR ", Enumerable.Range(0, 300).Select(i => $"n={i}"));
        Assert.Equal("True", Evaluate(Bind(text)).ToString());
    }

    [Fact]
    public void The_nearest_name_is_offered()
    {
        var refused = Assert.Throws<SplException>(() => Bind("coalesc(a)"));
        Assert.Contains("`coalesce`", refused.Diagnostic.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_and_aggregate_has_its_page()
    {
        var reference = Path.Combine(SharedData.Repository, "docs", "reference");
        foreach (var function in FunctionTable.All) Assert.True(File.Exists(Path.Combine(reference, "functions", function.Name + ".md")), function.Name);
        foreach (var aggregate in AggregateTable.All) Assert.True(File.Exists(Path.Combine(reference, "aggregates", aggregate.Name + ".md")), aggregate.Name);
    }

    [Fact]
    public void The_tables_are_sorted_by_name()
    {
        Assert.Equal(FunctionTable.All.Select(function => function.Name).Order(StringComparer.Ordinal), FunctionTable.All.Select(function => function.Name));
        Assert.Equal(AggregateTable.All.Select(aggregate => aggregate.Name).Order(StringComparer.Ordinal), AggregateTable.All.Select(aggregate => aggregate.Name));
    }
}
