using System.Text;
using Karst.Rules;
using Karst.Rules.Yaml;

namespace Karst.Units.Rules;

/// <summary>What the quick reader of YAML gives is what the library gives, value by value and place by place.</summary>
public sealed class PlainYamlTests
{
    static readonly string s_rule = """
        name: A rule of ours
        id: 11111111-2222-4333-8444-555555555555
        version: 3
        description: The following text goes on
          over several lines, with   blanks  and a#sign.

          Behind an empty line it goes on.
        empty:
        data_source:
        - Sysmon EventID 1
        -   Windows Event Log
        search: '| tstats count from datamodel=Endpoint.Processes
          where it''s | quoted

          by dest   '
        drilldown: "index=* | head 1
          | table a"
        literal: |
          line one
            further in

          line two
        stripped: |-
          a
          b

        kept: |+
          a

        folded: >
          one
          two

          three
        references: []
        tags:
          analytic_story:
            - Some story
            - 'Another'
          observable:
          - name: user
            type: User
            role:
            - Victim
          - name: dest
            nothing:
            other: {}
          risk_score: 25
          earliest: -24h@h
        tests:
        - name: True
          attack_data:
          - data:
              https://example.com/a.log#part
            source: XmlWinEventLog:Security
        """ + "\n";

    [Fact]
    public void A_rule_is_read_as_the_library_reads_it()
    {
        var plain = PlainYaml.Read(s_rule);
        Assert.NotNull(plain);
        Assert.Equal(Library(s_rule), Dump(plain));
    }

    [Fact]
    public void Rules_of_the_public_collection_are_read_as_the_library_reads_them()
    {
        var root = SharedData.Root;
        Assert.SkipWhen(root is null, SharedData.Reason);
        var (all, plain) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root!, "corpora"), "*.yml", SearchOption.AllDirectories))
        {
            all++;
            var text = File.ReadAllText(file);
            if (PlainYaml.Read(text) is not { } node) continue;
            plain++;
            Assert.True(Library(text) == Dump(node), file);
        }
        Assert.True(plain > all * 98 / 100, $"{plain} of {all} files");
    }

    [Fact]
    public void Changed_documents_are_read_as_the_library_reads_them_or_left_to_it()
    {
        var random = new Random(20261128);
        string[] pieces = [":", ": ", " ", "  ", "\n", "\n\n", "- ", "-", "'", "''", "\"", "#", " #", "|", ">", "|-", "|+", "[]", "{}", "[", "a", "key: ", "?", "&a ", "*a", "!!str ", "---", "...", "~", "\\", "\t", "\u00e9", "\u0085", "%", "@", "`", ",", "x: 'y'\n"];
        var read = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = new StringBuilder(Part(s_rule, random));
            for (var changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text.Insert(at, pieces[random.Next(pieces.Length)]);
                        break;
                    case 1:
                        text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                        break;
                    default:
                        text[at] = pieces[random.Next(pieces.Length)][0];
                        break;
                }
            }
            var changed = text.ToString();
            if (PlainYaml.Read(changed) is not { } node) continue;
            read++;
            Assert.True(Library(changed) == Dump(node), $"{i}:\n{changed}\n--- library\n{Library(changed)}\n--- here\n{Dump(node)}");
        }
        Assert.True(read > 3_000, $"{read} documents were read");
    }

    // Some lines from the beginning of a line on, up to any place.
    static string Part(string text, Random random)
    {
        var lines = text.Split('\n');
        var from = random.Next(4) == 0 ? 0 : random.Next(lines.Length - 4);
        var part = string.Join('\n', lines[from..random.Next(from + 1, lines.Length)]);
        return random.Next(4) == 0 ? part : part + "\n";
    }

    static string Library(string text)
    {
        var diagnostics = new List<RuleDiagnostic>();
        var node = YamlReader.ReadAny("x", text, diagnostics);
        return diagnostics.Count > 0 ? "refused: " + diagnostics[0].Diagnostic.Message : node is null ? "nothing" : Dump(node);
    }

    static string Dump(YamlNode node)
    {
        var text = new StringBuilder();
        Dump(node, text, 0);
        return text.ToString();
    }

    static void Dump(YamlNode node, StringBuilder text, int level)
    {
        text.Append(' ', 2 * level);
        switch (node)
        {
            case YamlScalar scalar:
                text.AppendLine($"{scalar.At} {scalar.Start} {(scalar.IsPlain ? "plain" : "quoted")} [{scalar.Value}]");
                break;
            case YamlList list:
                text.AppendLine($"{list.At} list");
                foreach (var item in list.Items) Dump(item, text, level + 1);
                break;
            case YamlMap map:
                text.AppendLine($"{map.At} map");
                foreach (var (key, at, value) in map.Entries)
                {
                    text.AppendLine($"{at} [{key}]");
                    Dump(value, text, level + 1);
                }
                break;
        }
    }
}
