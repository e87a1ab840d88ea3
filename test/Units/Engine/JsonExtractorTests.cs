using System.Globalization;
using System.Text;
using CsCheck;
using Karst.Engine.Plans;
using Karst.Engine.Scanning.Extraction;
using Karst.Events;

namespace Karst.Units.Engine;

public sealed class JsonExtractorTests
{
    static readonly string[] s_wanted = ["a", "b.a", "long.key.name"];

    [Theory]
    [InlineData("""{"a":1,"x":"a"}""", "a=1", 0)]
    [InlineData("""{"a":1,"x":{"a":2},"a":3}""", "a=1,3", 0)]
    [InlineData("""{"a":1,"\u0061":3}""", "a=1,3", 0)]
    [InlineData("""{"x":[{"a":1}],"b":{"y":{"a":2},"a":5}}""", "b.a=5", 0)]
    [InlineData("""{"a":1,"x" "y",}""", "a=1", 0)]
    [InlineData("""{"a":1,"x" "y","a":2}""", "a=1", 1)]
    [InlineData("""{"b":{"a":1,"x" "y"},"a":2}""", "b.a=1;a=2", 0)]
    [InlineData("""{"a":1,"x":{"y":2}""", "a=1", 1)]
    [InlineData("""{"a":1,"x":"y""", "a=1", 1)]
    public void A_wanted_key_that_comes_again_is_read_and_what_stands_between_unwanted_ones_is_passed_over(string text, string fields, long broken)
    {
        for (var before = 0; before < 4; before++)
        {
            var lines = Enumerable.Repeat("""{"a":1,"b":{"a":2,"z":0},"x":0}""", before).Append(text).ToArray();
            var (rows, count) = Read(lines);
            Assert.Equal(fields, string.Join(';', rows[^1].Split(';').OrderBy(field => fields.IndexOf(field, StringComparison.Ordinal))));
            Assert.Equal(broken, count);
        }
    }

    /// <summary>When the rest of an object is looked at depends on the events before; what is read, and what counts as broken, must not.</summary>
    [Fact]
    public void What_an_event_gives_does_not_depend_on_those_before_it()
    {
        var key = OneOf("a", "b", "c", "long", "key", "name", "\\u0061", "a\\\"");
        var scalar = OneOf("1", "true", "\"a\"", "\"\\\"a\\\":\"", "\"b\"", "\"" + new string('s', 70) + "\"");
        var document = Gen.Recursive<string>((depth, inner) =>
        {
            var value = depth > 3 ? scalar : Gen.OneOf(scalar, scalar, inner);
            var members = Gen.Select(key, value, (k, v) => $"\"{k}\":{v}").List[0, 6].Select(list => "{" + string.Join(',', list) + "}");
            return Gen.OneOf(members, members, members, value.List[0, 3].Select(list => "[" + string.Join(',', list) + "]"));
        });
        var damage = Gen.Select(document.Select(text => text[0] == '{' ? text : $"{{\"a\":{text}}}"), Gen.Int[0, 200], OneOf("", "", "", "cut", "{", "}", "\"", ",", ":", "]", "\\", " "), (text, at, what) => what switch
        {
            "" => text,
            "cut" => text[..Math.Max(1, at % text.Length)],
            _ => text.Insert(1 + (at % text.Length), what),
        });
        damage.List[1, 40].Sample(
            lines =>
            {
                var alone = lines.Select(line => Read([line])).ToArray();
                var (rows, broken) = Read([.. lines]);
                Assert.Equal(alone.Select(one => one.Rows[0]), rows);
                Assert.Equal(alone.Sum(one => one.Broken), broken);
            },
            iter: 3_000);
    }

    static (string[] Rows, long Broken) Read(string[] lines)
    {
        var extractor = new JsonExtractor(FieldSet.Of(s_wanted));
        var buffer = Encoding.UTF8.GetBytes(string.Concat(lines) + new string(' ', 64));
        var columns = new List<Column>();
        extractor.Start(buffer, lines.Length);
        var offset = 0;
        for (var row = 0; row < lines.Length; row++)
        {
            extractor.Read(row, offset, lines[row].Length);
            offset += lines[row].Length;
        }
        extractor.Finish(columns);
        var rows = Enumerable.Range(0, lines.Length).Select(row => string.Join(';', columns.Where(column => !column.Values[row].IsNull).Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Name}={Text(column.Values[row])}"))));
        return ([.. rows], extractor.Broken);
    }

    static Gen<string> OneOf(params string[] values) => Gen.OneOf([.. values.Select(Gen.Const)]);

    static string Text(Value value) => string.Join(',', Enumerable.Range(0, value.Count).Select(i => value[i].ToString()));
}
