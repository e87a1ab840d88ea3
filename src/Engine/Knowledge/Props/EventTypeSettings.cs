using Karst.Engine.Plans;

namespace Karst.Engine.Knowledge.Props;

/// <summary>The event types and tags of a sourcetype, read when a search asks for one of their fields for the first time.</summary>
sealed class EventTypeSettings(Func<EventTypeStage> read) : INarrowable
{
    readonly Lazy<EventTypeStage> _stage = new(read);

    public Stage? Narrow(FieldSet wanted) =>
        wanted.IsOpen || wanted.Names.Any(EventTypeStage.IsItsField) ? _stage.Value.Narrow(wanted) : null;
}
