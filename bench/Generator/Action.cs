using System.Text;

namespace Karst.Generator;

/// <summary>One call of one service, with the templates of what is asked, answered, and said besides.</summary>
internal sealed record Action(byte[] Service, byte[] Name, Template Request, Template Response, Template? Additional, Template? Resources, bool ReadOnly, bool SignIn, bool Data, bool OwnUser)
{
    static readonly string[] Reading = ["Get", "List", "Describe", "Head", "Lookup", "BatchGet", "BatchCheck", "Select", "Search", "Query", "Scan", "Filter", "Decode", "Poll", "Test"];

    /// <summary>All actions, the frequent ones first; the order is a mix of services and always the same.</summary>
    internal static Action[] Load()
    {
        var shapes = Tables.Rows("shapes.tsv").ToDictionary(row => row[0]);
        var actions = new List<Action>();
        foreach (var row in Tables.Rows("actions.tsv"))
            foreach (var name in row[2].Split(' '))
                actions.Add(Make(row[0], name, shapes[row[1]]));
        Shuffle(actions);
        return [.. actions];
    }

    static Action Make(string service, string name, string[] shape)
    {
        var reading = Reading.Any(start => name.StartsWith(start, StringComparison.Ordinal));
        return new Action(
            Encoding.ASCII.GetBytes(service),
            Encoding.ASCII.GetBytes(name),
            Template.Compile(shape[1]),
            Template.Compile(reading ? "null" : shape[2]),
            Optional(shape[3]),
            Optional(shape[4]),
            reading,
            SignIn: shape[0] == "login",
            Data: shape[0] == "object",
            OwnUser: shape[0] == "ownKey");
    }

    static Template? Optional(string text) => text.Length == 0 ? null : Template.Compile(text);

    static void Shuffle(List<Action> actions)
    {
        var random = new Pcg(1);
        for (var i = actions.Count - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (actions[i], actions[other]) = (actions[other], actions[i]);
        }
    }
}
