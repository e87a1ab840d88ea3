namespace Karst.Rules;

/// <summary>How many rows a run must give before it alerts, in Splunk's words: the number of them is `greater than`, `less than`, `equal to` or `not equal to` a quantity.</summary>
public sealed record RuleTrigger(string Relation, int Quantity)
{
    /// <summary>The relations.</summary>
    public static IReadOnlyList<string> Relations { get; } = ["greater than", "less than", "equal to", "not equal to"];

    /// <summary>So many rows alert.</summary>
    public bool Holds(int rows) => Relation switch
    {
        "greater than" => rows > Quantity,
        "less than" => rows < Quantity,
        "equal to" => rows == Quantity,
        _ => rows != Quantity,
    };
}
