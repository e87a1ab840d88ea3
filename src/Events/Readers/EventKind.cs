namespace Karst.Events;

/// <summary>How the bytes of an input are cut into events.</summary>
public enum EventKind
{
    /// <summary>Recognised from the first bytes.</summary>
    Auto,

    /// <summary>Plain text, a line an event.</summary>
    Lines,

    /// <summary>One JSON object a line; lines are cut, not parsed.</summary>
    JsonLines,

    /// <summary>JSON objects over several lines or one after the other, arrays of objects, and `{"Records":[...]}`.</summary>
    JsonDocuments,

    /// <summary>Splunk's JSON results: a line a result, `_raw` beside the other fields.</summary>
    SplunkJson,

    /// <summary>CSV with a header; `_raw` is the raw text where the header has it, else the line.</summary>
    Csv,

    /// <summary>XML events, from `&lt;Event` to `&lt;/Event&gt;`.</summary>
    Xml,

    /// <summary>A Windows event log (EVTX); events are rendered as XML.</summary>
    Evtx,
}
