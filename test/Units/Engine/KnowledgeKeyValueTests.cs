using Karst.Engine.Knowledge.Automatic;
using Karst.Engine.Plans;

namespace Karst.Units.Engine;

public sealed class KnowledgeKeyValueTests
{
    [Theory]
    [InlineData("user=ann action=\"log in\", code=7;x=1|y=2&z=3", "ann|log in|7|1|2|3", "user", "action", "code", "x", "y", "z")]
    [InlineData("msg=\"he said \\\"no\\\" C:\\\\x\" next=1", "he said \"no\" C:\\x|1", "msg", "next")]
    [InlineData("a=1 a=2 b= c==d 9x=5 _y=6 e-f=7 http.status=200", "1||5|6|7|200", "a", "b", "x", "y", "e_f", "http.status")]
    [InlineData("=x \" = \" open=\"never closed", "never closed", "open")]
    public void Pairs_are_found_and_the_first_value_of_a_name_counts(string raw, string expected, params string[] fields)
    {
        var rows = new List<string>();
        KnowledgeRows.Push([new KeyValueStage(FieldSet.Of(fields))], Batch(raw), batch => rows.Add(string.Join('|', fields.Select(field => batch.Find(field)?.Values[0].ToString() ?? ""))));
        Assert.Equal([expected], rows);
    }

    [Fact]
    public void Only_wanted_fields_are_made_and_one_that_is_there_stays()
    {
        var batch = Batch("user=ann role=admin").With("role", [Karst.Events.Value.FromText("kept")]);
        KnowledgeRows.Push([new KeyValueStage(FieldSet.Of("role"))], batch, result =>
        {
            Assert.Null(result.Find("user"));
            Assert.Equal("kept", result.Find("role")!.Values[0].ToString());
        });
    }

    static Karst.Events.Batch Batch(string raw) => new(1, [new Karst.Events.Column("_raw", [Karst.Events.Value.FromText(raw)])]);
}
