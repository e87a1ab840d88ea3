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
            case Slot.Host: line.Put(scene.Host); break;
            case Slot.Sid: line.Put("S-1-5-21-2170154236-1063458432-3345629712-"u8); Integer(line, 1000 + scene.Person); break;
            case Slot.Guid: Uuid(line, random); break;
            case Slot.Moment: line.Put(Moment(scene.Time).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)); break;
            case Slot.Stamp: line.Put(Moment(scene.Time).ToString("yyyy-MM-ddTHH:mm:ss.fff0000Z", CultureInfo.InvariantCulture)); break;
            case Slot.Utc: line.Put(Moment(scene.Time).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)); break;
            case Slot.Audit:
                line.Put(string.Create(CultureInfo.InvariantCulture, $"{scene.Time / 1000}.{scene.Time % 1000:000}:"));
                Integer(line, scene.Serial);
                break;
            case Slot.Serial: Integer(line, scene.Serial); break;
            case Slot.Newline: line.Put((byte)'\n'); break;
            case Slot.Tab: line.Put((byte)'\t'); break;
            default: Program(part.Slot, scene.Program!, line, scene, random); break;
        }
    }

    static void Program(Slot slot, Executable program, LineBuffer line, Scene scene, Pcg random)
    {
        switch (slot)
        {
            case Slot.Image: program.Image.Write(line, scene, random); break;
            case Slot.Original: case Slot.Comm: line.Put(program.Name); break;
            case Slot.Command: program.Command.Write(line, scene, random); break;
            case Slot.ProcTitle: line.Put(program.HexName); break;
            case Slot.Parent: program.Parent?.Write(line, scene, random); break;
            case Slot.ParentCommand: program.ParentCommand?.Write(line, scene, random); break;
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
