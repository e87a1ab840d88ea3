using Karst.Rules.Analysis;

namespace Karst.Units.Rules;

public sealed class AttackTableTests
{
    static readonly AttackTable s_table = new(
        new StringReader("id\tname\ttactic_ids\tplatforms\tstatus\nT1204\tUser Execution\tTA0002\tx\tactive\nT1204.003\tMalicious Image\tTA0002\tx\tactive\nT9\tOld\tTA0002,TA0001\tx\trevoked\n"),
        new StringReader("id\tshortname\tname\nTA0001\ti\tInitial Access\nTA0002\te\tExecution\n"));

    [Fact]
    public void A_sub_technique_is_written_behind_its_parent() =>
        Assert.Equal([new AttackTechnique("Execution", "T1204.003", "User Execution: Malicious Image")], s_table.Find("T1204.003"));

    [Fact]
    public void A_technique_has_a_row_for_each_tactic() =>
        Assert.Equal(["Execution revoked", "Initial Access revoked"], s_table.Find("T9").Select(row => $"{row.Tactic} {row.Status}"));

    [Fact]
    public void An_unknown_id_is_kept_and_said_to_be_unknown() => Assert.Equal("unknown", Assert.Single(s_table.Find("T0")).Status);
}
