using System.Buffers.Text;
using System.Globalization;

namespace Karst.Generator;

/// <summary>Writes what a slot stands for.</summary>
internal static class Slots
{
    static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;
    static ReadOnlySpan<byte> UpperDigits => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"u8;

    internal static void Write(Part part, LineBuffer line, Scene scene, Pcg random)
    {
        switch (part.Slot)
        {
            case Slot.Account: line.Put(scene.Account); break;
            case Slot.Region: line.Put(scene.Region); break;
            case Slot.User: line.Put(scene.User); break;
            case Slot.Role: line.Put(scene.Role); break;
            case Slot.Address: line.Put(scene.Address); break;
            case Slot.Agent: line.Put(scene.Agent); break;
            case Slot.Service: line.Put(scene.Service); break;
            case Slot.Action: line.Put(scene.Action); break;
            case Slot.Time: Time(line, scene.Time); break;
            case Slot.SessionStart: Time(line, scene.Time - 60_000L * (1 + scene.Person % 50)); break;
            case Slot.Date: line.Put(Moment(scene.Time).ToString("MMM d, yyyy, h:mm:ss tt", CultureInfo.InvariantCulture)); break;
            case Slot.Epoch: Integer(line, scene.Time / 1000); break;
            case Slot.Uuid: Uuid(line, random); break;
            case Slot.Hex: Letters(line, random, part.Low, HexDigits, 4); break;
            case Slot.Upper: Letters(line, random, part.Low, UpperDigits, 5); break;
            case Slot.Digits: Digits(line, random, part.Low); break;
            case Slot.Int: Integer(line, part.Low + random.Below(part.High - part.Low + 1)); break;
            case Slot.Pick: line.Put(part.Choices[random.Below(part.Choices.Length)]); break;
            case Slot.Word: line.Put(Cast.Words[random.Below(Cast.Words.Length)]); break;
            case Slot.Person: Integer(line, 1000 + scene.Person); break;
        }
    }

    static DateTimeOffset Moment(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time);

    static void Time(LineBuffer line, long time)
    {
        var moment = Moment(time);
        var room = line.Room(20);
        Pair(room, moment.Year / 100);
        Pair(room[2..], moment.Year % 100);
        room[4] = (byte)'-';
        Pair(room[5..], moment.Month);
        room[7] = (byte)'-';
        Pair(room[8..], moment.Day);
        room[10] = (byte)'T';
        Pair(room[11..], moment.Hour);
        room[13] = (byte)':';
        Pair(room[14..], moment.Minute);
        room[16] = (byte)':';
        Pair(room[17..], moment.Second);
        room[19] = (byte)'Z';
        line.Advance(20);
    }

    static void Pair(Span<byte> room, int value)
    {
        room[0] = (byte)('0' + value / 10);
        room[1] = (byte)('0' + value % 10);
    }

    static void Integer(LineBuffer line, long value)
    {
        Utf8Formatter.TryFormat(value, line.Room(20), out var written);
        line.Advance(written);
    }

    static void Uuid(LineBuffer line, Pcg random)
    {
        Letters(line, random, 8, HexDigits, 4);
        line.Put("-"u8);
        Letters(line, random, 4, HexDigits, 4);
        line.Put("-4"u8);
        Letters(line, random, 3, HexDigits, 4);
        line.Put("-a"u8);
        Letters(line, random, 3, HexDigits, 4);
        line.Put("-"u8);
        Letters(line, random, 12, HexDigits, 4);
    }

    static void Letters(LineBuffer line, Pcg random, int length, ReadOnlySpan<byte> alphabet, int bits)
    {
        var room = line.Room(length);
        var mask = (1u << bits) - 1;
        uint pool = 0;
        var left = 0;
        for (var i = 0; i < length; i++)
        {
            if (left < bits)
            {
                pool = random.Next();
                left = 32;
            }
            room[i] = alphabet[(int)(pool & mask)];
            pool >>= bits;
            left -= bits;
        }
        line.Advance(length);
    }

    static void Digits(LineBuffer line, Pcg random, int length)
    {
        var room = line.Room(length);
        for (var i = 0; i < length; i++)
            room[i] = (byte)('0' + random.Below(10));
        line.Advance(length);
    }
}
