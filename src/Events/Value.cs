using System.Text;

namespace Karst.Events;

/// <summary>
/// One field's value in one row, in 16 bytes: absent, text (a slice of UTF-8 bytes), a number, a Boolean (only within eval),
/// or several values. A text slice may point into a reader's buffer; who keeps a value longer than the batch calls <see cref="Detach"/>.
/// </summary>
public readonly struct Value : IEquatable<Value>
{
    static readonly object s_number = new();
    static readonly object s_bool = new();

    // Set beside a text's offset when its array belongs to the value alone, so that keeping it needs no copy.
    const long Owned = 1L << 63;

    readonly object? _object;
    readonly long _bits;

    Value(object? tag, long bits)
    {
        _object = tag;
        _bits = bits;
    }

    /// <summary>The absent value.</summary>
    public static Value Null => default;

    /// <summary>The empty text.</summary>
    public static Value Empty { get; } = new(Array.Empty<byte>(), 0);

    /// <summary>A slice of UTF-8 bytes, not copied.</summary>
    public static Value FromUtf8(byte[] buffer, int offset, int length) => new(buffer, ((long)offset << 32) | (uint)length);

    /// <summary>A part of a text, not copied; absent for everything else.</summary>
    public Value Slice(int start, int end) => _object is byte[] bytes ? FromUtf8(bytes, Utf8Offset + start, end - start) : Null;

    /// <summary>A whole array of UTF-8 bytes, not copied.</summary>
    public static Value FromUtf8(byte[] bytes) => FromUtf8(bytes, 0, bytes.Length);

    /// <summary>A copy of the bytes.</summary>
    public static Value FromUtf8(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Empty : new(bytes.ToArray(), Owned | (uint)bytes.Length);

    /// <summary>A text.</summary>
    public static Value FromText(string text) => text.Length == 0 ? Empty : FromOwned(Encoding.UTF8.GetBytes(text));

    static Value FromOwned(byte[] bytes) => new(bytes, Owned | (uint)bytes.Length);

    /// <summary>A number; NaN is absent.</summary>
    public static Value FromNumber(double number) => double.IsNaN(number) ? Null : new(s_number, BitConverter.DoubleToInt64Bits(number));

    /// <summary>A Boolean, which only lives within an expression.</summary>
    public static Value FromBool(bool value) => new(s_bool, value ? 1 : 0);

    /// <summary>Several values; none is absent, one is that value. Elements are single and not absent.</summary>
    public static Value FromMany(params Value[] values) => values.Length switch
    {
        0 => Null,
        1 => values[0],
        _ => new(values, 0),
    };

    /// <summary>Several values from a list, as <see cref="FromMany(Value[])"/>.</summary>
    public static Value FromMany(List<Value> values) => FromMany(values.ToArray());

    /// <summary>There is no value.</summary>
    public bool IsNull => _object is null;

    /// <summary>A number by type (text that looks like one is not).</summary>
    public bool IsNumber => ReferenceEquals(_object, s_number);

    /// <summary>A text slice.</summary>
    public bool IsText => _object is byte[];

    /// <summary>A Boolean.</summary>
    public bool IsBool => ReferenceEquals(_object, s_bool);

    /// <summary>Two or more values.</summary>
    public bool IsMultivalue => _object is Value[];

    /// <summary>True for the Boolean true only.</summary>
    public bool IsTrue => ReferenceEquals(_object, s_bool) && _bits != 0;

    /// <summary>How many values: 0, 1 or more.</summary>
    public int Count => _object is null ? 0 : _object is Value[] many ? many.Length : 1;

    /// <summary>The value at a 0-based index.</summary>
    public Value this[int index] => _object is Value[] many ? many[index] : index == 0 ? this : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The bytes of a text; empty for everything else.</summary>
    public ReadOnlySpan<byte> Utf8 => _object is byte[] bytes ? bytes.AsSpan(Utf8Offset, (int)_bits) : default;

    /// <summary>The array beneath a text, with <see cref="Utf8Offset"/> and the length of <see cref="Utf8"/>; null for everything else.</summary>
    public byte[]? Utf8Array => _object as byte[];

    /// <summary>Where the text begins in <see cref="Utf8Array"/>.</summary>
    public int Utf8Offset => (int)((_bits & ~Owned) >> 32);

    /// <summary>A number by type; 0 for everything else.</summary>
    public double Number => IsNumber ? BitConverter.Int64BitsToDouble(_bits) : 0;

    /// <summary>A number, or a single text that is wholly one (decimal, with sign, point and exponent).</summary>
    public bool TryNumber(out double number)
    {
        if (IsNumber)
        {
            number = BitConverter.Int64BitsToDouble(_bits);
            return true;
        }
        number = 0;
        return _object is byte[] && NumberText.TryParse(Utf8, out number);
    }

    /// <summary>The bytes of any single value as text: a number in its shortest form, a Boolean as `True`/`False`, several values joined by newlines.</summary>
    public ReadOnlySpan<byte> AsUtf8() => IsText ? Utf8 : Encoding.UTF8.GetBytes(ToString());

    /// <summary>This value as text by type: what a field holds after a command that writes strings.</summary>
    public Value AsText() => IsText || IsNull ? this : FromText(ToString());

    /// <summary>About how many bytes the value takes where it is kept.</summary>
    public long KeptBytes
    {
        get
        {
            if (_object is not Value[] many) return 40 + Utf8.Length;
            var bytes = 40L;
            foreach (var value in many) bytes += value.KeptBytes;
            return bytes;
        }
    }

    /// <summary>A copy that does not point into a shared buffer.</summary>
    public Value Detach()
    {
        if (_object is byte[]) return (_bits & Owned) != 0 ? this : FromUtf8(Utf8);
        if (_object is Value[] many) return new(Array.ConvertAll(many, static value => value.Detach()), 0);
        return this;
    }

    /// <summary>The text form, as Splunk prints it.</summary>
    public override string ToString()
    {
        if (_object is byte[]) return Encoding.UTF8.GetString(Utf8);
        if (IsNumber) return NumberText.Format(Number);
        if (IsBool) return _bits != 0 ? "True" : "False";
        return _object is Value[] many ? string.Join('\n', many) : "";
    }

    /// <summary>Equal as text: a number equals the text that prints it. Absent equals absent only.</summary>
    public bool Equals(Value other)
    {
        if (IsText && other.IsText) return Utf8.SequenceEqual(other.Utf8);
        if (IsNumber && other.IsNumber) return Number.Equals(other.Number);
        if (IsNull || other.IsNull) return IsNull && other.IsNull;
        if (IsMultivalue || other.IsMultivalue)
        {
            if (Count != other.Count) return false;
            for (var i = 0; i < Count; i++)
                if (!this[i].Equals(other[i])) return false;
            return true;
        }
        return AsUtf8().SequenceEqual(other.AsUtf8());
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (IsNull) return 0;
        var hash = new HashCode();
        if (IsMultivalue) foreach (var value in (Value[])_object!) hash.Add(value.GetHashCode());
        else hash.AddBytes(AsUtf8());
        return hash.ToHashCode();
    }

    /// <summary>See <see cref="Equals(Value)"/>.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>See <see cref="Equals(Value)"/>.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);
}
