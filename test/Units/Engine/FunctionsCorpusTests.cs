using Karst.Engine.Commands;
using Karst.Engine.Knowledge;
using Karst.Spl;
using Karst.Units.Spl;

namespace Karst.Units.Engine;

public sealed class FunctionsCorpusTests(ITestOutputHelper output)
{
    static readonly HashSet<string> s_commands = ["eval", "where", "stats", "eventstats", "streamstats", "top", "rare"];

    [Fact]
    public void Every_eval_where_and_stats_of_the_corpus_binds()
    {
        var corpus = Corpus.Get();
        var context = new BindContext
        {
            Knowledge = new KnowledgeBase([]),
            Now = 0,
            BindSubsearch = static _ => throw new NotSupportedException(),
            BindPipeline = static _ => throw new NotSupportedException(),
        };
        var bound = 0;
        var failures = new List<string>();
        foreach (var search in corpus.Searches)
        {
            var expansion = MacroExpander.Expand(search.Text, corpus);
            foreach (var command in SplParser.Parse(expansion.Text).Search.Commands.Where(command => s_commands.Contains(command.Name)))
            {
                try
                {
                    CommandTable.Find(command.Name)!.Bind(command, context);
                    bound++;
                }
                catch (SplException problem)
                {
                    failures.Add($"{search}: {problem.Diagnostic.Message}: {command.Text}");
                }
            }
        }
        output.WriteLine($"{bound} bound");
        Assert.True(bound > 3_000);
        Assert.Empty(failures);
    }
}
