using Karst.Engine.Expressions;
using Karst.Events;

namespace Karst.Engine.Aggregates;

/// <summary>The least or greatest value: by size as long as all are numbers, else by their text.</summary>
sealed class ExtremeValue(bool greatest) : Accumulator
{
    readonly int _sign = greatest ? 1 : -1;
    bool _any;
    bool _hasText;
    double _number;
    Value _numberAsText;

    // The extreme by text: bytes, or a number that is formatted only when it must be.
    byte[] _text = [];
    int _length = -1;
    double _lexical = double.NaN;
    double _decadeStart;
    double _decadeEnd;

    public override long Bytes => 120 + _text.Length + _numberAsText.Utf8.Length;

    public override void Add(Value value, double time)
    {
        for (var i = 0; i < value.Count; i++) AddSingle(value[i]);
    }

    public override Value Result()
    {
        if (!_any) return Value.Null;
        if (!_hasText) return _numberAsText.IsNull ? Value.FromNumber(_number) : _numberAsText;
        Settle();
        return Value.FromUtf8(_text.AsSpan(0, _length));
    }

    void AddSingle(Value value)
    {
        if (value.TryNumber(out var number))
        {
            if (!_hasText && (!_any || (number - _number) * _sign > 0))
            {
                _number = number;
                // A number that came as text is given as it came.
                _numberAsText = value.IsText ? value.Detach() : Value.Null;
            }
            _any = true;
            if (value.IsNumber) TakeNumber(number);
            else TakeText(value.Utf8);
            return;
        }
        _any = true;
        _hasText = true;
        TakeText(value.AsUtf8());
    }

    // Numbers with as many digits before the point are in the same order by size and by text, so nothing is formatted for them.
    void TakeNumber(double number)
    {
        if (number >= _decadeStart && number < _decadeEnd)
        {
            if ((number - _lexical) * _sign > 0) _lexical = number;
            return;
        }
        if (_length < 0 && double.IsNaN(_lexical) && number >= 1 && number < 1e15)
        {
            _lexical = number;
            _decadeStart = Math.Pow(10, Math.Floor(Math.Log10(number)));
            _decadeEnd = _decadeStart * 10;
            if (number >= _decadeStart && number < _decadeEnd) return;
        }
        Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
        TakeText(scratch[..ScalarText.Format(number, scratch)]);
    }

    void TakeText(ReadOnlySpan<byte> text)
    {
        Settle();
        if (_length >= 0 && text.SequenceCompareTo(_text.AsSpan(0, _length)) * _sign <= 0) return;
        if (_text.Length < text.Length) _text = new byte[Math.Max(text.Length, 24)];
        text.CopyTo(_text);
        _length = text.Length;
    }

    void Settle()
    {
        if (double.IsNaN(_lexical)) return;
        var number = _lexical;
        _lexical = double.NaN;
        _decadeStart = _decadeEnd = 0;
        Span<byte> scratch = stackalloc byte[ScalarText.Scratch];
        TakeText(scratch[..ScalarText.Format(number, scratch)]);
    }
}
