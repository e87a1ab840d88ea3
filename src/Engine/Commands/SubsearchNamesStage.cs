using Karst.Engine.Plans;
using Karst.Engine.Running;
using Karst.Events;

namespace Karst.Engine.Commands;

/// <summary>The end of a subsearch in the WHERE of `tstats`: its fields get the names that the events have.</summary>
sealed record SubsearchNamesStage(ITstatsNames Names) : Stage
{
    public override string Command => "tstats";

    public override bool IsRowwise => true;

    public override FieldSet Needs(FieldSet after) => FieldSet.All;

    public override Operator Open(RunContext run) => new NamesOperator(Names);

    sealed class NamesOperator(ITstatsNames names) : Operator
    {
        public override bool Push(Batch batch)
        {
            var columns = batch.Columns.ToArray();
            for (var i = 0; i < columns.Length; i++)
                if (columns[i].Name is not ("search" or "query") && !columns[i].Name.StartsWith('_'))
                    columns[i] = new Column(names.LateColumn(columns[i].Name), columns[i].Values);
            return Next.Push(new Batch(batch.Count, columns));
        }
    }
}
