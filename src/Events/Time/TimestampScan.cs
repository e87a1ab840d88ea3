using System.Globalization;
using System.Text;

namespace Karst.Events;

/// <summary>Reads one timestamp from the beginning of some text, without allocating.</summary>
ref struct TimestampScan(ReadOnlySpan<byte> text, bool afterDayName = false)
{
    readonly ReadOnlySpan<byte> _text = text;
    int _at;
    int _year;
    int _month;
    int _day;
    long _ticks;
    TimeSpan? _offset;
    double? _epoch;

    /// <summary>Nothing is left.</summary>
    public readonly bool AtEnd => _at >= _text.Length;

    /// <summary>Any of the forms that are recognised within events.</summary>
    public bool Recognise()
    {
        if (!IsDigit(0)) return MonthFirst();
        var digits = CountDigits();
        return digits switch
        {
            4 => YearFirst() && TimeOfDay("T :t_\t"u8),
            1 or 2 => DayFirst(),
            10 or 13 or 16 or 19 => Epoch(digits),
            _ => false,
        };
    }

    /// <summary>`2021-08-11` or `2021/08/11`.</summary>
    public bool YearFirst()
    {
        if (!Number(4, 4, out _year) || !OneOf("-/"u8, out var separator)) return false;
        return Number(1, 2, out _month) && Expect(separator) && Number(1, 2, out _day) && IsDay;
    }

    /// <summary>One of the separators, the time of day, and the zone if there is one.</summary>
    public bool TimeOfDay(ReadOnlySpan<byte> separators)
    {
        if (!OneOf(separators, out _) || !Clock()) return false;
        Half();
        Zone();
        return true;
    }

    /// <summary>The moment; without a year, that of the reference or the one before.</summary>
    public readonly bool TryResolve(TimeZoneInfo zone, double? reference, out double epoch)
    {
        epoch = _epoch ?? 0;
        if (_epoch is not null) return true;
        if (_year > 0) return Resolve(_year, zone, out epoch);
        if (reference is not { } now || !LocalTime.TryFromEpoch(now, zone, out var local, out _)) return false;
        // A log cannot be from tomorrow: December read in January is of the year before.
        return (Resolve(local.Year, zone, out epoch) && epoch <= now + 86400) || Resolve(local.Year - 1, zone, out epoch);
    }

    readonly bool Resolve(int year, TimeZoneInfo zone, out double epoch)
    {
        epoch = 0;
        if (year is < 1 or > 9998 || _day > DateTime.DaysInMonth(year, _month)) return false;
        var local = new DateTime(year, _month, _day).AddTicks(_ticks);
        epoch = _offset is { } offset ? LocalTime.ToEpoch(local, offset) : LocalTime.ToEpoch(local, zone);
        return true;
    }

    // `08/11/2021 11:52:27 AM`, `11/Aug/2021:11:52:27`, `11 Aug 2021 11:52:27`, `11-Aug-2021 11:52:27`.
    bool DayFirst()
    {
        if (!Number(1, 2, out var first) || !OneOf("/- ."u8, out var separator)) return false;
        if (!IsDigit(_at))
        {
            _day = first;
            return MonthName() && Expect(separator) && Number(4, 4, out _year) && IsDay && TimeOfDay(": T"u8);
        }
        if (separator is (byte)' ' || !Number(1, 2, out var second) || !Expect(separator) || !Number(4, 4, out _year)) return false;
        // A dot is the European order; where the first number cannot be a month it is the day.
        (_month, _day) = separator == '.' || first > 12 ? (second, first) : (first, second);
        return IsDay && TimeOfDay(" :T,"u8);
    }

    // `Aug 11 2021 11:52:27`, `Aug 11, 2021 11:52:27`, `Aug 11 11:52:27`, `Aug 11 11:52:27 UTC 2021`.
    bool MonthFirst()
    {
        if (!MonthName() || !Expect((byte)' ')) return false;
        while (_at < _text.Length && _text[_at] == ' ') _at++;
        if (!Number(1, 2, out _day) || !IsDay) return false;
        if (_at < _text.Length && _text[_at] == ',') _at++;
        var before = _at;
        if (OneOf(" :"u8, out _) && Number(4, 4, out _year)) return TimeOfDay(" :"u8);
        _at = before;
        _year = 0;
        if (!TimeOfDay(" "u8)) return false;
        before = _at;
        // Only where the name of a day comes first; elsewhere a number that follows is something else.
        if (!afterDayName || !Expect((byte)' ') || !Number(4, 4, out _year)) (_at, _year) = (before, 0);
        return true;
    }

    bool Epoch(int digits)
    {
        if (!long.TryParse(_text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var unit = digits switch
        {
            10 => 1L,
            13 => 1_000L,
            16 => 1_000_000L,
            _ => 1_000_000_000L,
        };
        // From 2001 to 2033: other numbers of that length are identifiers more often than moments.
        if (number / unit is < 1_000_000_000 or >= 2_000_000_000) return false;
        _at = digits;
        _epoch = number / (double)unit;
        if (digits == 10 && _at + 1 < _text.Length && _text[_at] == '.' && IsDigit(_at + 1))
        {
            _at++;
            _epoch += Fraction() / (double)TimeSpan.TicksPerSecond;
        }
        return _at >= _text.Length || !char.IsAsciiLetterOrDigit((char)_text[_at]);
    }

    bool Clock()
    {
        if (!Number(1, 2, out var hour) || hour > 23 || !Expect((byte)':') || !Number(2, 2, out var minute) || minute > 59) return false;
        var second = 0;
        if (_at < _text.Length && _text[_at] == ':')
        {
            _at++;
            if (!Number(2, 2, out second) || second > 61) return false;
        }
        _ticks = new TimeSpan(hour, minute, second).Ticks;
        if (_at + 1 < _text.Length && _text[_at] is (byte)'.' or (byte)',' && IsDigit(_at + 1))
        {
            _at++;
            _ticks += Fraction();
        }
        return true;
    }

    long Fraction()
    {
        var ticks = 0L;
        for (var unit = TimeSpan.TicksPerSecond / 10; IsDigit(_at); unit /= 10) ticks += (_text[_at++] - '0') * unit;
        return ticks;
    }

    void Half()
    {
        var at = _at < _text.Length && _text[_at] == ' ' ? _at + 1 : _at;
        if (at + 1 >= _text.Length || (_text[at + 1] | 0x20) != 'm' || (at + 2 < _text.Length && char.IsAsciiLetterOrDigit((char)_text[at + 2]))) return;
        var hour = _ticks / TimeSpan.TicksPerHour;
        if (hour is < 1 or > 12) return;
        switch (_text[at] | 0x20)
        {
            case 'a' when hour == 12:
                _ticks -= 12 * TimeSpan.TicksPerHour;
                break;
            case 'p' when hour < 12:
                _ticks += 12 * TimeSpan.TicksPerHour;
                break;
            case 'a' or 'p':
                break;
            default:
                return;
        }
        _at = at + 2;
    }

    void Zone()
    {
        var at = _at < _text.Length && _text[_at] == ' ' ? _at + 1 : _at;
        if (at >= _text.Length) return;
        if (_text[at] is (byte)'+' or (byte)'-')
        {
            Offset(at, needsMinutes: at > _at);
            return;
        }
        var end = at;
        while (end < _text.Length && char.IsAsciiLetterUpper((char)_text[end])) end++;
        if (end == at || end - at > 5 || (end < _text.Length && char.IsAsciiLetterOrDigit((char)_text[end]))) return;
        if (!ZoneNames.TryOffset(Encoding.ASCII.GetString(_text[at..end]), out var offset)) return;
        _offset = offset;
        _at = end;
    }

    // After a blank, `-10` alone may be any number.
    void Offset(int at, bool needsMinutes)
    {
        var negative = _text[at] == '-';
        var digits = at + 1;
        if (!IsDigit(digits) || !IsDigit(digits + 1)) return;
        var hours = ((_text[digits] - '0') * 10) + _text[digits + 1] - '0';
        if (hours > 14) return;
        var next = digits + 2;
        var from = next < _text.Length && _text[next] == ':' ? next + 1 : next;
        var minutes = 0;
        if (IsDigit(from) && IsDigit(from + 1))
        {
            minutes = ((_text[from] - '0') * 10) + _text[from + 1] - '0';
            next = from + 2;
        }
        if (minutes > 59 || IsDigit(next) || (needsMinutes && next == digits + 2)) return;
        var size = new TimeSpan(hours, minutes, 0);
        _offset = negative ? -size : size;
        _at = next;
    }

    bool MonthName()
    {
        if (_at + 3 > _text.Length) return false;
        Span<char> letters = stackalloc char[9];
        var length = 0;
        while (length < 9 && _at + length < _text.Length && char.IsAsciiLetter((char)_text[_at + length])) letters[length] = (char)_text[_at + length++];
        var name = letters[..length];
        foreach (var (month, number) in TimeNames.Months)
        {
            if (!name.Equals(month, StringComparison.OrdinalIgnoreCase)) continue;
            _at += length;
            _month = number;
            return true;
        }
        return false;
    }

    readonly bool IsDay => _month is >= 1 and <= 12 && _day is >= 1 and <= 31;

    readonly bool IsDigit(int at) => at < _text.Length && _text[at] is >= (byte)'0' and <= (byte)'9';

    readonly int CountDigits()
    {
        var count = 0;
        while (IsDigit(count)) count++;
        return count;
    }

    bool Number(int least, int most, out int number)
    {
        number = 0;
        var start = _at;
        while (_at - start < most && IsDigit(_at)) number = (number * 10) + _text[_at++] - '0';
        return _at - start >= least && !IsDigit(_at);
    }

    bool Expect(byte value)
    {
        if (_at >= _text.Length || _text[_at] != value) return false;
        _at++;
        return true;
    }

    bool OneOf(ReadOnlySpan<byte> values, out byte found)
    {
        found = _at < _text.Length ? _text[_at] : (byte)0;
        if (_at >= _text.Length || !values.Contains(found)) return false;
        _at++;
        return true;
    }
}
