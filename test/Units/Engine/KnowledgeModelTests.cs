using Karst.Engine.Commands;
using Karst.Engine.Knowledge;
using Karst.Engine.Knowledge.Apps;
using Karst.Engine.Knowledge.Models;
using Karst.Engine.Plans;
using Karst.Spl;

namespace Karst.Units.Engine;

public sealed class KnowledgeModelTests
{
    [Fact]
    public void Our_own_Risk_model_reads_and_its_search_parses()
    {
        var problems = new KnowledgeProblems();
        var model = new KnowledgeBase([], problems).FindModel("Risk")!;
        var text = DatasetSearch.Text(model.Lineage(model.Find("All_Risk")!));
        Assert.StartsWith("search (index=risk)\n| eval calculated_risk_score=", text, StringComparison.Ordinal);
        Assert.True(SplParser.Parse(text).Ok);
        Assert.Empty(problems.All);
    }

    [Fact]
    public void A_dataset_has_the_constraints_and_calculations_of_those_above_it()
    {
        using var app = new TemporaryApp();
        app.Write("default/data/models/M.json", """
            {"modelName":"M","objects":[
              {"objectName":"Root","parentName":"BaseEvent","constraints":[{"search":"tag=a"}],
               "fields":[{"fieldName":"x","type":"string"},{"fieldName":"secret","type":"string","hidden":true}],
               "calculations":[{"calculationType":"Eval","expression":"lower(x)","outputFields":[{"fieldName":"y"}]}]},
              {"objectName":"Child","parentName":"Root","constraints":[{"search":"y=1 OR y=2"}],"fields":[{"fieldName":"z"}],
               "calculations":[
                 {"calculationType":"Rex","inputField":"z","expression":"(?<first>.)","outputFields":[{"fieldName":"first"}]},
                 {"calculationType":"Lookup","lookupName":"t","lookupInputs":[{"lookupField":"k","inputField":"z"}],"outputFields":[{"fieldName":"v","lookupOutputFieldName":"w"}]}]},
              {"objectName":"Odd","parentName":"Root","calculations":[{"calculationType":"Magic"}]}]}
            """);
        var problems = new KnowledgeProblems();
        var model = new KnowledgeBase([new AppFolder(app.Path, problems)], problems).FindModel("M")!;
        Assert.Equal(
            "search (tag=a)\n| eval y=lower(x)\n| search (y=1 OR y=2)\n| rex field=z \"(?<first>.)\"\n| lookup t k AS z OUTPUT w AS v\n"
            + "| fields \"x\", \"y\", \"z\", \"first\", \"v\", \"host\", \"source\", \"sourcetype\"",
            DatasetSearch.Text(model.Lineage(model.Find("Root.Child")!)));
        Assert.Same(model.Find("Child"), model.Find("Root.Child"));
        Assert.Null(model.Find("Other.Child"));
        Assert.NotNull(model.Find("Odd")!.Unsupported);
        Assert.Contains("Magic", Assert.Single(problems.All).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| from datamodel Risk.All_Risk")]
    [InlineData("| from datamodel:Risk.All_Risk")]
    [InlineData("| from datamodel:\"Risk.All_Risk\"")]
    [InlineData("| from datamodel=\"Risk.All_Risk\"")]
    public void From_reads_a_dataset_however_it_is_written(string search)
    {
        SearchSyntax? inner = null;
        Bind(search, syntax => { inner = syntax; return new Plan([]); });
        Assert.Equal("(index=risk)", inner!.Commands[0].Text["search ".Length..].Trim());
    }

    [Theory]
    [InlineData("| from datamodel Nobody.Knows", "KNW004")]
    [InlineData("| from datamodel Risk.Nobody", "KNW005")]
    [InlineData("| from savedsearch:x", "KNW026")]
    public void What_nobody_defines_is_refused_by_name(string search, string code)
    {
        var error = Assert.Throws<SplException>(() => Bind(search, _ => new Plan([])));
        Assert.Equal(code, error.Diagnostic.Code);
        Assert.True(error.Diagnostic.At.Length > 0);
    }

    [Fact]
    public void A_model_that_is_no_JSON_is_refused_with_the_reason()
    {
        using var app = new TemporaryApp();
        app.Write("default/data/models/M.json", "{\"objects\": [");
        var problems = new KnowledgeProblems();
        var knowledge = new KnowledgeBase([new AppFolder(app.Path, problems)], problems);
        Assert.Equal("KNW006", Assert.Throws<SplException>(() => knowledge.FindModel("M")).Diagnostic.Code);
    }

    static void Bind(string search, Func<SearchSyntax, Plan> bindSubsearch)
    {
        var command = SplParser.Parse(search).Search.Commands[0];
        CommandTable.Find("from")!.BindStages(command, new BindContext
        {
            Knowledge = new KnowledgeBase([], new KnowledgeProblems()),
            Now = 0,
            IsFirst = true,
            BindSubsearch = bindSubsearch,
            BindPipeline = bindSubsearch,
        });
    }
}
