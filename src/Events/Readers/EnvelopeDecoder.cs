namespace Karst.Events;

/// <summary>Takes the raw text out of records that carry it beside other fields. Raw text is never longer than its record, so it is put in the record's place.</summary>
abstract class EnvelopeDecoder
{
    /// <summary>Replaces each record by its event.</summary>
    public abstract void Decode(byte[] buffer, List<RawEvent> events);
}
